"""Paper sheets from a spreadsheet: they go sealed into the same box, and can be taken out of it until it is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.surveys import events, permissions
from youju.office.surveys.models import Envelope, Survey
from youju.office.surveys.selectors.counting import standing_of
from youju.office.surveys.services.answering import sealed
from youju.rules.office.surveys.channels import PAPER
from youju.rules.office.surveys.lifecycle import OPEN
from youju.rules.office.surveys.reading import Answer

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def store_sheets(*, actor: User, number: str, batch: str, sheets: Sequence[Mapping[int, Answer]]) -> int:
    """Put paper sheets that were read and checked into the box; how many.

    Raises:
        PermissionDenied: the actor builds no surveys.
        InputError: the survey is not open or has no channel for paper, or more came back than were handed out (409).
    """
    require(actor, permissions.EDIT)
    row = Survey.objects.select_for_update().filter(number=number).first()
    if row is None or row.state != OPEN or row.closes_on < timezone.localdate():
        raise InputError(f"{number} 不在答卷中", how="只能导入答卷中的调查", status=409)
    channel = row.channels.filter(kind=PAPER).first()
    if channel is None:
        raise InputError(f"{number} 没有纸质问卷的渠道", how="请先在问卷页面登记渠道和发出份数", status=409)
    there = next(each.answered for each in standing_of(row).channels if each.channel.pk == channel.pk)
    if there + len(sheets) > channel.handed_out:
        raise InputError(
            f"纸质问卷发出 {channel.handed_out} 份，已收 {there} 份，装不下这 {len(sheets)} 份",
            where=number,
            how="请核对份数，或先改发出份数",
            status=409,
        )
    Envelope.objects.bulk_create(
        [Envelope(survey=row, batch=batch, content=sealed(channel.pk, answers)) for answers in sheets],
        batch_size=500,
    )
    record(events.PAPER, events.subject_of(row), None, {"count": len(sheets), "batch": batch})
    return len(sheets)


@transaction.atomic
def remove_sheets(*, batch: str) -> int:
    """Take an import's sheets out of the box; how many. Who may is asked by the imports room.

    Raises:
        InputError: the box was opened meanwhile (409): its sheets cannot be told from others.
    """
    survey = Envelope.objects.filter(batch=batch).values_list("survey_id", flat=True).first()
    row = Survey.objects.select_for_update().filter(pk=survey or 0, state=OPEN).first()
    if row is None:
        raise InputError("调查已经结束，这批答卷分不出来了", how="匿名的答卷开箱以后不能撤销", status=409)
    count, _ = Envelope.objects.filter(batch=batch).delete()
    record(events.PAPER_REMOVED, events.subject_of(row), {"count": count, "batch": batch}, None)
    return count
