"""The certificate as a file: asked for, made in a job, handed out."""

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
from youju.rules.trade.exemptions.lifecycle import CERTIFICATE_KIND, ISSUED
from youju.trade.exemptions import events, permissions
from youju.trade.exemptions.documents.certificate import CODE, certificate_context
from youju.trade.exemptions.selectors import certificate_of, certificate_page

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def request_certificate(*, actor: User, certificate_id: int) -> Requested:
    """Ask for the certificate as docx.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: there is none (404), or it is not issued (409).
    """
    require(actor, permissions.EXPORT)
    page = certificate_page(actor, certificate_id)
    if page.row.state != ISSUED:
        raise InputError(
            "还没有开具，或者已经作废", where=page.row.number, how="开具以后才能生成文书", status=409
        )
    return request_document(
        actor=actor,
        template=CODE,
        format="docx",
        context=certificate_context(page.row, page.lines),
        subject=events.certificate_subject(page.row),
        name=f"代理出口货物证明{page.row.tax_number}",
    )


@transaction.atomic
def hand_out_certificate(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """A file that was made before; the download is on the trail.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: there is none that the actor sees, or it is not made yet (404).
    """
    require(actor, permissions.EXPORT)
    found = document_of(document_id)
    if found is None or found.subject.kind != CERTIFICATE_KIND or found.kept is None:
        raise InputError("没有这份文书，或者它还没有生成好", how="请回到证明页面", status=404)
    row = certificate_of(actor, int(found.subject.key))
    record(events.DOWNLOADED, events.certificate_subject(row), None, {"file": found.name})
    return found, found.kept
