"""The packing list with the container plan as a file: asked for, made in a job, handed out."""

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
from youju.rules.trade.packing.lifecycle import PACKING_KIND
from youju.trade.packing import events, permissions
from youju.trade.packing.documents.sheets import CODE, list_context
from youju.trade.packing.selectors import packing_page
from youju.trade.packing.services.refusing import subject_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def request_list(*, actor: User, number: str, format: str) -> Requested:
    """Ask for the packing list as it stands now.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: none that the actor sees (404), nothing is packed (409), or no such format (400).
    """
    require(actor, permissions.EXPORT)
    page = packing_page(actor=actor, number=number)
    if page is None:
        raise InputError(f"没有装箱单“{number[:40]}”", how="请核对装箱单号", status=404)
    if not page.total.quantity:
        raise InputError("箱子里还没有货", where=page.row.number, how="装了货才有装箱单", status=409)
    return request_document(
        actor=actor,
        template=CODE,
        format=format,
        context=list_context(page),
        subject=subject_of(page.row),
        name=f"装箱单{page.row.number}",
    )


@transaction.atomic
def hand_out_list(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """A file that was made before; the download is on the trail.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: there is none that the actor sees, or it is not made yet (404).
    """
    require(actor, permissions.EXPORT)
    found = document_of(document_id)
    if found is None or found.subject.kind != PACKING_KIND or found.kept is None:
        raise InputError("没有这份文书，或者它还没有生成好", how="请回到装箱单页面", status=404)
    page = packing_page(actor=actor, number=found.subject.key)
    if page is None:
        raise InputError("没有这份文书，或者它还没有生成好", how="请回到装箱单页面", status=404)
    record(events.DOWNLOADED, subject_of(page.row), None, {"file": found.name})
    return found, found.kept
