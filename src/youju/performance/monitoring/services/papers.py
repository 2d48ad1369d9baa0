"""The official form as a document, and the sheet that a section fills in."""

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
from youju.performance.monitoring import events, permissions
from youju.performance.monitoring.documents import official
from youju.performance.monitoring.documents.contexts import context_of
from youju.performance.monitoring.documents.filling import write_sheet
from youju.performance.monitoring.selectors.lists import round_of
from youju.performance.monitoring.selectors.pages import may_fill
from youju.rules.performance.monitoring.lifecycle import ROUND_KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def request_form(*, actor: User, number: str, format: str) -> Requested:
    """Ask for the official form of a round as docx (with pictures) or xlsx.

    Raises:
        PermissionDenied: the actor takes nothing of monitoring away.
        InputError: no such round (404) or format (400).
    """
    require(actor, permissions.EXPORT)
    row = round_of(actor, number)
    return request_document(
        actor=actor,
        template=official.CODE,
        format=format,
        context=context_of(row, row.projects.prefetch_related("rows"), pictures=format == "docx"),
        subject=events.round_subject(row),
        name=f"绩效运行监控表{row.year}年1—{row.month}月",
    )


@transaction.atomic
def write_form(*, actor: User, number: str, format: str) -> bytes:
    """The official form of a round at once, for the machine's own command line; it is on the trail.

    Raises:
        PermissionDenied, InputError: as :func:`request_form`.
    """
    require(actor, permissions.EXPORT)
    row = round_of(actor, number)
    if format not in official.FORMATS:
        raise InputError(f"没有 {format} 格式", how=f"请选 {'、'.join(official.FORMATS)}", status=400)
    context = context_of(row, row.projects.prefetch_related("rows"), pictures=format == "docx")
    record(events.FORM_TAKEN, events.round_subject(row), None, {"file": f"{row.number}.{format}"})
    return official.FORM.render(context, format)


@transaction.atomic
def hand_out_form(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """A form that was made; the download is on the trail.

    Raises:
        PermissionDenied: the actor takes nothing of monitoring away.
        InputError: there is none, or it is not made yet (404).
    """
    require(actor, permissions.EXPORT)
    found = document_of(document_id)
    if found is None or found.subject.kind != ROUND_KIND or found.kept is None:
        raise InputError("没有这份文件，或者它还没有生成好", how="请稍候刷新页面", status=404)
    record(events.FORM_TAKEN, found.subject, None, {"file": found.name})
    return found, found.kept


@transaction.atomic
def fill_in_sheet(*, actor: User, number: str) -> tuple[str, bytes]:
    """Name and content of the sheet with the rows that the actor may write now.

    Raises:
        PermissionDenied: the actor sees no monitoring.
        InputError: no such round (404), or there is nothing to be written by the actor (409).
    """
    row = round_of(actor, number)
    own = []
    for each in row.projects.prefetch_related("rows"):
        each.round = row
        if may_fill(actor, each):
            own.append(each)
    if not own:
        raise InputError(
            "这一轮现在没有由您填报的项目", where=row.number, how="请等绩效管理人员发来填报", status=409
        )
    name = f"偏差原因填报表{row.number}.xlsx"
    record(events.FORM_TAKEN, events.round_subject(row), None, {"file": name})
    return name, write_sheet(row, own)
