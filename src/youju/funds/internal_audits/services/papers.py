"""The notice of rectification and the list of findings as documents."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.documents.selectors import DocumentView, document_of
from youju.foundation.documents.services import Requested, request_document
from youju.foundation.files.selectors import Kept
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.funds.internal_audits import events, permissions
from youju.funds.internal_audits.documents import listing, notice
from youju.funds.internal_audits.selectors.lists import FindingFilter, finding_of, findings
from youju.rules.funds.internal_audits.lifecycle import FINDING_KIND, NOTED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

MOST = 500
"""Findings in a list on paper at most; the spreadsheet takes any number."""


@transaction.atomic
def request_notice(*, actor: User, number: str) -> Requested:
    """Ask for the notice of rectification (整改通知书) as docx.

    Raises:
        PermissionDenied: the actor takes nothing of internal supervision away.
        InputError: none of the kind (404), or the section was not told yet (409).
    """
    require(actor, permissions.EXPORT)
    row = finding_of(actor, number)
    if row.state == NOTED or row.noticed_on is None:
        raise InputError("整改通知还没有下发", where=row.number, how="下发以后才有通知书", status=409)
    return request_document(
        actor=actor,
        template=notice.CODE,
        format="docx",
        context=notice.context_of(row),
        subject=events.finding_subject(row),
        name=f"整改通知书{row.number}",
    )


@transaction.atomic
def request_list(*, actor: User, wish: FindingFilter) -> Requested:
    """Ask for the list of findings as docx, narrowed as on the page.

    Raises:
        PermissionDenied: the actor takes nothing of internal supervision away.
        InputError: there is none, or more than a list on paper takes.
    """
    require(actor, permissions.EXPORT)
    rows = list(findings(actor, wish).order_by("-found_on", "-pk")[: MOST + 1])
    if not rows:
        raise InputError("没有符合条件的问题", where="问题清单", how="请改查找条件")
    if len(rows) > MOST:
        raise InputError(f"问题超过 {MOST} 个", where="问题清单", how="请缩小范围，或导出 Excel")
    today = timezone.localdate()
    return request_document(
        actor=actor,
        template=listing.CODE,
        format="docx",
        context=listing.context_of(rows, today),
        subject=Subject(events.LIST_KIND, actor.username, "监督问题清单"),
        name=f"监督问题清单{today.isoformat()}",
    )


@transaction.atomic
def hand_out_document(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """A notice, or a list that the actor asked for; the download is on the trail.

    Raises:
        PermissionDenied: the actor takes nothing of internal supervision away.
        InputError: there is none, or it is not made yet (404).
    """
    require(actor, permissions.EXPORT)
    found = document_of(document_id)
    own = found is not None and (
        found.subject.kind == FINDING_KIND
        or (found.subject.kind == events.LIST_KIND and found.subject.key == actor.username)
    )
    if found is None or not own or found.kept is None:
        raise InputError("没有这份文件，或者它还没有生成好", how="请稍候刷新页面", status=404)
    verb = events.NOTICE_TAKEN if found.subject.kind == FINDING_KIND else events.LIST_TAKEN
    record(verb, found.subject, None, {"file": found.name})
    return found, found.kept
