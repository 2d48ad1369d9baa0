"""Sheets of labels with QR codes: asked for, made in a job, handed out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.documents.selectors import DocumentView, document_of
from youju.foundation.documents.services import Requested, request_document
from youju.foundation.files.selectors import Kept
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.funds.assets import events, permissions
from youju.funds.assets.documents.labels import CODE, labels_context
from youju.funds.assets.selectors.lists import AssetFilter, assets
from youju.funds.assets.selectors.pages import LABELS_SUBJECT, sheets
from youju.rules.law import whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def request_labels(
    *, actor: User, sheet: str, base: str, wish: AssetFilter | None = None, ids: Sequence[int] = ()
) -> Requested:
    """Ask for the labels of the cards that fit, or of those named.

    Raises:
        PermissionDenied: the actor sees no assets.
        InputError: no such size (404), nothing fits (409), too many at once (422).
    """
    require(actor, permissions.VIEW)
    sizes = sheets()
    if sheet not in sizes:
        raise InputError("没有这种标签纸", how=f"可选 {'、'.join(sizes)}", status=404)
    rows = assets(actor, wish)
    if ids:
        rows = rows.filter(pk__in=ids)
    most = whole(law_on(timezone.localdate()), "funds.assets.labels_at_once")
    found = list(rows.order_by("number")[: most + 1])
    if not found:
        raise InputError("没有要做标签的资产", how="请改变范围", status=409)
    if len(found) > most:
        raise InputError(f"一次最多做 {most} 张标签", how="请按科室或地点分几次做", status=422)
    return request_document(
        actor=actor,
        template=CODE,
        format="pdf",
        context=labels_context(found, base=base, sheet=sizes[sheet], as_of=timezone.localdate()),
        subject=LABELS_SUBJECT,
        name=f"资产标签{found[0].number}等{len(found)}张",
    )


@transaction.atomic
def hand_out_labels(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """A sheet that was made; the download is on the trail.

    Raises:
        PermissionDenied: the actor sees no assets.
        InputError: there is none, or it is not made yet (404).
    """
    require(actor, permissions.VIEW)
    found = document_of(document_id)
    if found is None or found.subject.kind != events.LABELS_KIND or found.kept is None:
        raise InputError("没有这份标签，或者它还没有生成好", how="请回到标签页面", status=404)
    record(events.LABELS_DOWNLOADED, found.subject, None, {"file": found.name})
    return found, found.kept
