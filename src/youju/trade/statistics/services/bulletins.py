"""The monthly bulletin: asked for, made in a job, handed out."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.documents.selectors import DocumentView, document_of
from youju.foundation.documents.services import Requested, request_document
from youju.foundation.files.selectors import Kept
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.trade.statistics import events, permissions
from youju.trade.statistics.documents.bulletin import CODE
from youju.trade.statistics.documents.telling import bulletin_context
from youju.trade.statistics.models import Bulletin
from youju.trade.statistics.selectors.bulletins import month_figures, subject_of
from youju.trade.statistics.selectors.districts import district_names

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def request_bulletin(*, actor: User, month: date) -> Requested:
    """Ask for the bulletin of a month as its figures stand now; of the whole pilot, whoever asks.

    Raises:
        PermissionDenied: the actor makes no bulletins.
        InputError: the month is not over (422), or nothing was released in it (409).
    """
    require(actor, permissions.MANAGE)
    today = timezone.localdate()
    name = f"{month.year}年{month.month}月"
    if month >= today.replace(day=1):
        raise InputError(f"{name}还没有过完", where="月份", how="月报从次月 1 日起编写", status=422)
    with reaching_all():
        found = month_figures(month=month, day=today)
    if not found.whole.lines:
        raise InputError(f"{name}没有放行的货物", where="月份", how="请选择有数据的月份", status=409)
    districts = district_names()
    context = bulletin_context(
        found,
        top=whole(law_on(today), "trade.statistics.bulletin_top"),
        as_of=today.isoformat(),
        district=districts[0] if len(districts) == 1 else "各地区",
    )
    Bulletin.objects.update_or_create(
        month=month,
        defaults={
            "value_cny": found.whole.value,
            "requested_by": actor.username,
            "requested_at": timezone.now(),
        },
    )
    asked = request_document(
        actor=actor,
        template=CODE,
        format="docx",
        context=context,
        subject=subject_of(month),
        name=f"市场采购贸易出口月报{month:%Y-%m}",
    )
    record(
        events.BULLETIN_REQUESTED,
        subject_of(month),
        None,
        {"month": f"{month:%Y-%m}", "value_cny": found.whole.value},
    )
    return asked


@transaction.atomic
def hand_out_bulletin(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """A file that was made; the download is on the trail.

    Raises:
        PermissionDenied: the actor does not oversee operations.
        InputError: there is none, or it is not made yet (404).
    """
    require(actor, permissions.OVERSEE)
    found = document_of(document_id)
    if found is None or found.subject.kind != events.BULLETIN_KIND or found.kept is None:
        raise InputError("没有这份月报，或者它还没有生成好", how="请回到月报页面", status=404)
    record(events.BULLETIN_DOWNLOADED, found.subject, None, {"file": found.name})
    return found, found.kept
