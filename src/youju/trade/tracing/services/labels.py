"""Label sheets: codes made where they are missing, the sheet asked for, made in a job, handed out."""

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
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.trade.tracing import events, permissions
from youju.trade.tracing.documents.labels import CODE, labels_context
from youju.trade.tracing.selectors import finding
from youju.trade.tracing.selectors.codes import LABELLED, label_lines, sheets
from youju.trade.tracing.selectors.scopes import scope_of
from youju.trade.tracing.services.codes import made_for

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def request_labels(*, actor: User, kind: str, number: str, sheet: str, base: str) -> Requested:
    """Ask for the labels of an order, packing or declaration; lines without a code get one.

    Args:
        actor: who asks.
        kind: ``order``, ``packing`` or ``declaration``.
        number: of it.
        sheet: a size of the policy ``trade.tracing.label_sheets``.
        base: the host that the codes lead to, ``https://…`` without a slash at its end.

    Raises:
        PermissionDenied: the actor may not label.
        InputError: no such record that the actor sees, or size (404); nothing to label (409); too many labels (422).
    """
    require(actor, permissions.LABEL)
    if kind not in LABELLED:
        raise InputError("标签只能从交易单、装箱单或报关单制作", status=404)
    today = timezone.localdate()
    sizes = sheets()
    if sheet not in sizes:
        raise InputError("没有这种标签纸", how=f"可选 {'、'.join(sizes)}", status=404)
    origin = finding.origin_of(kind, number)
    scope = scope_of(origin)
    made_for(scope)
    lines = [line for line in label_lines(scope) if line.token and line.packages]
    count, most = sum(line.packages for line in lines), whole(law_on(today), "trade.tracing.labels_at_once")
    if count > most:
        raise InputError(
            f"要做 {count} 张标签，一次最多 {most} 张", where=origin.label, how="请分几张交易单做", status=422
        )
    return request_document(
        actor=actor,
        template=CODE,
        format="pdf",
        context=labels_context(
            lines, title=f"{origin.label} 溯源标签", base=base, sheet=sizes[sheet], as_of=today
        ),
        subject=subject_of(origin),
        name=f"溯源标签{origin.number}",
    )


@transaction.atomic
def hand_out_labels(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """A sheet that was made before; the download is on the trail.

    Raises:
        PermissionDenied: the actor may not label.
        InputError: there is none of a record that the actor sees, or it is not made yet (404).
    """
    require(actor, permissions.LABEL)
    found = document_of(document_id)
    if found is None or found.subject.kind != events.LABELS_KIND or found.kept is None:
        raise InputError("没有这份标签，或者它还没有生成好", how="请回到标签页面", status=404)
    kind, _, number = found.subject.key.partition("/")
    finding.origin_of(kind, number)
    record(events.LABELS_DOWNLOADED, found.subject, None, {"file": found.name})
    return found, found.kept


def subject_of(origin: finding.Origin) -> Subject:
    """How the labels of a record are named on the trail and among documents."""
    return Subject(events.LABELS_KIND, f"{origin.kind}/{origin.number}", origin.label)
