"""The list of a round as docx, xlsx and pdf: asked for, made in a job, handed out."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record_read
from youju.foundation.documents.selectors import DocumentView, document_of
from youju.foundation.documents.services import Requested, request_document
from youju.foundation.files.selectors import Kept
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.funds.subsidies import claim_events, permissions
from youju.funds.subsidies.documents.award_list import CODE, list_context
from youju.funds.subsidies.models import ListVersion
from youju.funds.subsidies.selectors.rounds import round_of
from youju.rules.funds.claims.lifecycle import AWARDED, ROUND_KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def request_list(*, actor: User, number: str, format: str) -> Requested:
    """Ask for the published list of a round; once it is decided, for the decision.

    Raises:
        PermissionDenied: the actor may not see rounds.
        InputError: none (404), not public yet (409), or no such format (400).
    """
    row = round_of(actor, number)
    version = ListVersion.objects.filter(round=row, version=row.version).first()
    if version is None:
        raise InputError(f"批次 {number} 还没有公示", how="冻结并公示后才有正式名单", status=409)
    decided = row.state == AWARDED
    context = list_context(
        version.content,
        list_hash=version.hash,
        shown_on=version.shown_on,
        shown_until=version.shown_until,
        decided_on=row.decided_on if decided else None,
        decided_name=row.decided_name if decided else "",
    )
    return request_document(
        actor=actor,
        template=CODE,
        format=format,
        context=context,
        subject=claim_events.round_subject(row),
        name=f"{'补贴决定' if decided else '公示名单'}{number}第{version.version}版",
    )


@transaction.atomic
def hand_out_list(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """The file of a list that was made before; the download is on the trail.

    Raises:
        PermissionDenied: the actor may not see rounds.
        InputError: there is none, or it is not made yet (404).
    """
    require(actor, permissions.VIEW_CLAIMS)
    found = document_of(document_id)
    if found is None or found.subject.kind != ROUND_KIND or found.kept is None:
        raise InputError("没有这份文件，或者它还没有生成好", how="请回到批次页面", status=404)
    row = round_of(actor, found.subject.key)
    record_read(claim_events.PAPER_HANDED, claim_events.round_subject(row), fields=[found.name])
    return found, found.kept
