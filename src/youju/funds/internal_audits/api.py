"""The room of internal audits for programs: findings found, opened, replied to; samples read and drawn again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.funds.internal_audits import permissions, selectors, services
from youju.funds.internal_audits.schemas import (
    AuditFindingOut,
    AuditFindingsOut,
    AuditRedrawnOut,
    AuditReplyIn,
    AuditSampleOut,
)
from youju.funds.internal_audits.selectors import FindingFilter, is_late

if TYPE_CHECKING:
    from youju.funds.internal_audits.models import Finding

router = Router(tags=["internal_audits"])
State = Literal["", "noted", "rectifying", "replied", "verified", "closed", "withdrawn"]


@router.get(
    "/findings",
    response=AuditFindingsOut,
    auth=Needs(permissions.VIEW),
    summary="监督发现的问题，新发现的在前",
)
def audit_findings(
    request: HttpRequest,
    *,
    q: Word = "",
    state: State = "",
    category: Literal["", "payment", "subsidy", "contract", "asset", "task", "control"] = "",
    section: Word = "",
    record: Word = "",
    only: Literal["", "open", "late", "mine", "verify", "reopened"] = "",
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Findings, found by words, state, category, section and kind of record."""
    wish = FindingFilter(q, state, category, "", section, record, only)
    rows = selectors.findings(permissions.actor_of(request), wish).order_by("-found_on", "-pk")
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.get(
    "/findings/{number}",
    response={200: AuditFindingOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一个监督发现的问题",
)
def audit_finding(request: HttpRequest, number: str) -> dict[str, Any]:
    """A finding with its replies."""
    return _whole(request, number)


@router.post(
    "/findings/{number}/reply",
    response={200: AuditFindingOut, **REFUSED},
    auth=Needs(permissions.RECTIFY),
    summary="提交整改回复",
)
def audit_reply(
    request: HttpRequest, number: str, given: AuditReplyIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Reply to a finding; its evidence is there already. The same request under the same key replies once."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        services.step_finding(actor=actor, number=number, step="reply", text=given.text, expected=given.state)
        return 200, _whole(request, number)

    return once(request, idempotency_key, work)


@router.get(
    "/samples/{int:number}",
    response={200: AuditSampleOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一个样本和重抽所需的全部参数",
)
def audit_sample(request: HttpRequest, number: Key) -> dict[str, Any]:
    """A sample with its strata and items."""
    page = selectors.sample_page(permissions.actor_of(request), number)
    row = page.row
    names = (
        "number",
        "population",
        "since",
        "until",
        "project",
        "seed",
        "size",
        "allocation",
        "method",
        "hash",
        "count",
    )
    return {
        **{name: getattr(row, name) for name in names},
        "limits": [str(each) for each in row.limits],
        "certainty": None if row.certainty is None else str(row.certainty),
        "total": str(row.total),
        "strata": row.strata,
        "items": [
            {
                "place": each.place, "key": each.subject_key, "label": each.label, "amount": str(each.amount),
                "stratum": each.stratum, "number": each.number, "conclusion": each.conclusion,
            }
            for each in page.items
        ],
    }  # fmt: skip


@router.get(
    "/samples/{int:number}/redraw",
    response={200: AuditRedrawnOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="重抽一个样本，核对是否一致",
)
def audit_redraw(request: HttpRequest, number: Key) -> dict[str, Any]:
    """Draw a sample again from its kept population."""
    found = selectors.redraw(permissions.actor_of(request), number)
    return {"same": found.same, "keys": list(found.keys), "now": found.now, "changed": found.changed}


def _line(row: Finding) -> dict[str, Any]:
    names = (
        "number",
        "title",
        "category",
        "seriousness",
        "state",
        "section",
        "basis",
        "found_on",
        "due_on",
        "reopened",
    )
    return {
        **{name: getattr(row, name) for name in names},
        "amount": _money(row.amount),
        "record_kind": row.subject_kind,
        "record_key": row.subject_key,
        "record": row.subject_label,
        "late": is_late(row),
    }


def _whole(request: HttpRequest, number: str) -> dict[str, Any]:
    row = selectors.finding_of(permissions.actor_of(request), number)
    names = ("description", "suggestion", "noticed_on", "replied_on", "closed_on", "reopened_why")
    return _line(row) | {
        **{name: getattr(row, name) for name in names},
        "record_amount": _money(row.record_amount),
        "replies": [
            {"round": each.round, "text": each.text, "by": each.by_name, "at": each.at}
            for each in row.replies.all()
        ],
    }


def _money(value: Any) -> str | None:
    return None if value is None else str(value)
