"""The agreement as docx and pdf: asked for, made in a job, handed to both sides and to staff."""

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
from youju.rules.trade.parties.agreement_facts import SIDES
from youju.rules.trade.parties.lifecycle import AGREEMENT_KIND, DRAFT
from youju.trade.parties import events, permissions
from youju.trade.parties.documents.agreement import CODE, SignedBy, agreement_context
from youju.trade.parties.selectors.agreements import agreement_of, state_label

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def request_agreement(*, actor: User, agreement_id: int, format: str) -> Requested:
    """Ask for the agreement as it stands now, with the signatures given so far.

    Raises:
        PermissionDenied: the actor may not see agreements.
        InputError: none that the actor may see (404), still a draft (409), or no such format (400).
    """
    require(actor, permissions.VIEW_AGREEMENTS)
    row = agreement_of(actor, agreement_id)
    if row.state == DRAFT:
        raise InputError(f"协议 {row.number} 还是草稿", how="发出签署后才有正式文本", status=409)
    valid = sorted(row.signatures.filter(voided_at=None), key=lambda each: SIDES.index(each.side))
    context = agreement_context(
        number=row.number,
        state=state_label(row),
        text=row.text,
        text_hash=row.text_hash,
        signatures=[
            SignedBy(
                each.side,
                each.party_name,
                each.display_name,
                each.username,
                f"{timezone.localtime(each.signed_at):%Y-%m-%d %H:%M:%S}",
                each.address,
                each.text_hash,
            )
            for each in valid
        ],
        as_of=timezone.localdate(max((each.signed_at for each in valid), default=row.created_at)),
    )
    return request_document(
        actor=actor,
        template=CODE,
        format=format,
        context=context,
        subject=events.agreement_subject(row),
        name=f"代理协议{row.number}",
    )


@transaction.atomic
def hand_out_agreement(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """The file of an agreement that was made before; the download is on the trail.

    Raises:
        PermissionDenied: the actor may not see agreements.
        InputError: there is none that the actor may see, or it is not made yet (404).
    """
    require(actor, permissions.VIEW_AGREEMENTS)
    found = document_of(document_id)
    if found is None or found.subject.kind != AGREEMENT_KIND or found.kept is None:
        raise InputError("没有这份文书，或者它还没有生成好", how="请回到协议页面", status=404)
    row = agreement_of(actor, int(found.subject.key))
    record(events.AGREEMENT_DOWNLOADED, events.agreement_subject(row), None, {"file": found.name})
    return found, found.kept
