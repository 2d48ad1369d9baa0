"""Results handed out: as a table, as a report. Each is on the trail."""

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
from youju.office.surveys import events, permissions
from youju.office.surveys.documents.report import CODE, report_context
from youju.office.surveys.selectors.results import ResultPage, result_page
from youju.rules.office.surveys.lifecycle import SURVEY_KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def export_result(*, actor: User, survey_id: int, form: str) -> ResultPage:
    """The result, to be written as ``form`` (``csv`` or ``xlsx``).

    Raises:
        PermissionDenied: the actor takes no results away.
        InputError: no such survey (404), it is not closed (409), no such format.
    """
    require(actor, permissions.EXPORT)
    if form not in ("csv", "xlsx"):
        raise InputError("没有这种格式", where=form[:20], how="请选择 csv 或 xlsx")
    page = result_page(actor, survey_id)
    record(events.EXPORTED, events.subject_of(page.survey), None, {"format": form})
    return page


@transaction.atomic
def make_report(*, actor: User, survey_id: int) -> Requested:
    """Ask for the report of a closed survey as docx.

    Raises:
        PermissionDenied: the actor takes no results away.
        InputError: no such survey (404), it is not closed (409).
    """
    require(actor, permissions.EXPORT)
    page = result_page(actor, survey_id)
    return request_document(
        actor=actor,
        template=CODE,
        format="docx",
        context=report_context(page),
        subject=events.subject_of(page.survey),
        name=f"满意度调查报告{page.survey.number}",
    )


@transaction.atomic
def hand_out_report(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """A report that was made; the download is on the trail.

    Raises:
        PermissionDenied: the actor takes no results away.
        InputError: there is none, or it is not made yet (404).
    """
    require(actor, permissions.EXPORT)
    found = document_of(document_id)
    if found is None or found.subject.kind != SURVEY_KIND or found.kept is None:
        raise InputError("没有这份报告，或者它还没有生成好", how="请回到结果页面", status=404)
    record(events.EXPORTED, found.subject, None, {"format": "docx"})
    return found, found.kept
