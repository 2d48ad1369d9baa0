"""The opinion on an audit as a document."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.documents.selectors import DocumentView, document_of
from youju.foundation.documents.services import Requested, request_document
from youju.foundation.files.selectors import Kept
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.performance.proposals import events, permissions
from youju.performance.proposals.documents import opinion
from youju.performance.proposals.selectors.auditing import audit_of
from youju.rules.performance.proposals.lifecycle import AUDIT_KIND, OPEN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def request_opinion(*, actor: User, number: str) -> Requested:
    """Ask for the opinion of a concluded audit as docx.

    Raises:
        PermissionDenied: the actor takes nothing of audits away.
        InputError: none of the kind (404), or it is not concluded (409).
    """
    require(actor, permissions.EXPORT)
    row = audit_of(actor, number)
    if row.state == OPEN:
        raise InputError("审核意见还没有出具", where=row.number, how="出具以后才有审核意见", status=409)
    return request_document(
        actor=actor,
        template=opinion.CODE,
        format="docx",
        context=opinion.context_of(row),
        subject=events.audit_subject(row),
        name=f"绩效目标审核意见{row.number}",
    )


@transaction.atomic
def hand_out_opinion(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """An opinion that was made; the download is on the trail.

    Raises:
        PermissionDenied: the actor takes nothing of audits away.
        InputError: there is none, or it is not made yet (404).
    """
    require(actor, permissions.EXPORT)
    found = document_of(document_id)
    if found is None or found.subject.kind != AUDIT_KIND or found.kept is None:
        raise InputError("没有这份文件，或者它还没有生成好", how="请稍候刷新页面", status=404)
    record(events.OPINION_TAKEN, found.subject, None, {"file": found.name})
    return found, found.kept
