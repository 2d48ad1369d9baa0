"""Papers asked for and handed out; evidence kept; the year's pack asked for."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.documents.selectors import DocumentView, document_of
from youju.foundation.documents.services import Requested, request_document
from youju.foundation.files.selectors import Attached, Kept, attachments
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import Permission, require
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.errors import InputError
from youju.performance.evaluation import events, permissions
from youju.performance.evaluation.documents import FORM_CODE, KEY_REPORT_CODE, REPORT_CODE
from youju.performance.evaluation.models import DepartmentEvaluation, SelfEvaluation
from youju.performance.evaluation.selectors import (
    department_paper,
    key_of,
    key_paper,
    self_of,
    self_paper,
)
from youju.performance.evaluation.selectors.papers import PACK
from youju.performance.evaluation.services.locking import locked_self
from youju.performance.evaluation.services.packing import make_pack
from youju.rules.performance.evaluation.lifecycle import FILLING, FROZEN, SUBMITTED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

EVIDENCE = "evidence"
_KINDS = ("evaluation.self", "evaluation.department", "evaluation.key")


@transaction.atomic
def request_form(*, actor: User, evaluation_id: int, format: str) -> Requested:
    """Ask for the self-evaluation form as docx or xlsx.

    Raises:
        PermissionDenied: the actor exports no evaluations.
        InputError: none such (404), not handed in yet (409), no such format (400).
    """
    require(actor, permissions.EXPORT)
    head = _frozen(actor, evaluation_id)
    return request_document(
        actor=actor,
        template=FORM_CODE,
        format=format,
        context={"paper": self_paper(head)},
        subject=events.self_subject(head),
        name=f"绩效自评表-{head.project_code}",
    )


@transaction.atomic
def request_report(*, actor: User, format: str, evaluation_id: int | None = None, key_id: int | None = None,
                   year: int | None = None) -> Requested:  # fmt: skip
    """Ask for a report as docx or pdf: of a project's self-evaluation, of a key evaluation, or of the department's year.

    Raises:
        PermissionDenied: the actor exports no evaluations.
        InputError: none such (404), not ready yet (409), no such format (400).
    """
    require(actor, permissions.EXPORT)
    if evaluation_id is not None:
        head = _frozen(actor, evaluation_id)
        return request_document(
            actor=actor, template=REPORT_CODE, format=format, context={"paper": self_paper(head)},
            subject=events.self_subject(head), name=f"绩效自评报告-{head.project_code}",
        )  # fmt: skip
    if key_id is not None:
        key = key_of(actor, key_id)
        return request_document(
            actor=actor, template=KEY_REPORT_CODE, format=format, context={"key": key_paper(key)},
            subject=events.key_subject(key), name=f"重点评价报告-{key.project_code}",
        )  # fmt: skip
    year = year or 0
    row = DepartmentEvaluation.objects.filter(fiscal_year=year).first()
    if row is None:
        raise InputError("部门整体评价还没有计算", how="请先点“计算”", status=404)
    heads = SelfEvaluation.objects.filter(fiscal_year=year, state__in=FROZEN)
    context = {"department": department_paper(row), "projects": [self_paper(each) for each in heads]}
    return request_document(
        actor=actor, template=REPORT_CODE, format=format, context=context, subject=events.department_subject(row),
        name=f"部门整体绩效评价报告-{year}",
    )  # fmt: skip


def _frozen(actor: User, evaluation_id: int) -> SelfEvaluation:
    head = self_of(actor, evaluation_id)
    if head.state == FILLING:
        raise InputError(
            "自评还没有提交，数还没有冻结", where=str(head), how="请提交以后再生成文书", status=409
        )
    return head


@transaction.atomic
def request_pack(*, actor: User, year: int) -> uuid.UUID:
    """Ask for the year's documents and evidence pack, made in the background; the run's id.

    Raises:
        PermissionDenied: the actor exports no evaluations, or not the rows behind figures.
        InputError: nothing was handed in (409).
    """
    require(actor, permissions.EXPORT)
    require(actor, Permission.METRICS_EXPORT)
    count = SelfEvaluation.objects.filter(fiscal_year=year, state__in=FROZEN).count()
    if not count:
        raise InputError(f"{year} 年还没有提交的自评", how="请先提交自评", status=409)
    subject = events.pack_subject(year)
    run = enqueue(
        make_pack,
        subject=subject,
        title=f"生成 {year} 年绩效评价证据包",
        key=f"evaluation:{year}",
        once=True,
        year=year,
    )
    record(events.PACKED, subject, None, {"count": count})
    return run


@transaction.atomic
def hand_out_document(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """A document that was made; the download is on the trail.

    Raises:
        PermissionDenied: the actor exports no evaluations.
        InputError: there is none, or it is not made yet (404).
    """
    require(actor, permissions.EXPORT)
    found = document_of(document_id)
    if found is None or found.subject.kind not in _KINDS or found.kept is None:
        raise InputError("没有这份文书，或者它还没有生成好", how="请回到评价页面", status=404)
    record(events.DOWNLOADED, found.subject, None, {"file": found.name})
    return found, found.kept


@transaction.atomic
def hand_out_pack(*, actor: User, year: int, file_id: int) -> Attached:
    """A year's pack.

    Raises:
        PermissionDenied: the actor exports no evaluations, or not the rows behind figures.
        InputError: there is none (404).
    """
    require(actor, permissions.EXPORT)
    require(actor, Permission.METRICS_EXPORT)
    subject = events.pack_subject(year)
    found = next((each for each in attachments(subject, PACK) if each.id == file_id), None)
    if found is None:
        raise InputError("没有这个证据包", how="请回到文书页面", status=404)
    record(events.DOWNLOADED, subject, None, {"file": found.name})
    return found


@transaction.atomic
def keep_evidence(*, actor: User, evaluation_id: int, content: BinaryIO | bytes, name: str) -> Attached:
    """Keep a file as evidence of a self-evaluation.

    Raises:
        PermissionDenied: the actor fills in no self-evaluations.
        InputError: none such (404), checked already (409), a file that is not taken (413, 415).
    """
    require(actor, permissions.FILL)
    head = locked_self(evaluation_id)
    if head.state not in (FILLING, SUBMITTED):
        raise InputError("自评已经审核，不能再附材料", where=str(head), how="请先退回", status=409)
    kept = keep(content, name=name, purpose="evidence")
    found = attach(sha256=kept.sha256, subject=events.self_subject(head), name=kept.name, role=EVIDENCE)
    record(events.EVIDENCE, events.self_subject(head), None, {"file": kept.name})
    return found


def hand_out_evidence(*, actor: User, evaluation_id: int, file_id: int) -> Attached:
    """A file of evidence.

    Raises:
        PermissionDenied: the actor sees no evaluations.
        InputError: there is none (404).
    """
    head = self_of(actor, evaluation_id)
    files = attachments(events.self_subject(head), EVIDENCE)
    found = next((each for each in files if each.id == file_id), None)
    if found is None:
        raise InputError("没有这个文件", how="请回到自评页面", status=404)
    return found
