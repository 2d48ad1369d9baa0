"""The room of evaluation for programs: self-evaluations and results read."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.performance.evaluation import permissions, selectors
from youju.performance.evaluation.schemas import EvaluationResultOut, SelfEvaluationOut, SelfEvaluationsOut
from youju.performance.evaluation.selectors import RowView, SelfFilter
from youju.rules.performance.evaluation.points import plain

if TYPE_CHECKING:
    from youju.performance.evaluation.models import SelfEvaluation

router = Router(tags=["evaluation"])
_State = Literal["", "filling", "submitted", "checked", "approved", "rechecked", "applied"]
_Year = QueryEx[int | None, P(ge=2000, le=2099)]


@router.get("", response=SelfEvaluationsOut, auth=Needs(permissions.VIEW), summary="绩效自评，按年度和项目")
def self_evaluations(
    request: HttpRequest,
    *,
    q: Word = "",
    year: _Year = None,
    state: _State = "",
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Self-evaluations found by words, year and state."""
    rows = selectors.self_evaluations(permissions.actor_of(request), SelfFilter(q, year, state))
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.get(
    "/results",
    response=list[EvaluationResultOut],
    auth=Needs(permissions.VIEW),
    summary="一年的评价结果和后果",
)
def evaluation_results(request: HttpRequest, year: QueryEx[int, P(ge=2000, le=2099)]) -> list[dict[str, Any]]:  # noqa: ARG001
    """Every scored project of a year."""
    return [
        {
            "project_code": each.project_code,
            "project_name": each.project_name,
            "fiscal_year": each.fiscal_year,
            "total": str(each.total),
            "grade": each.grade,
            "follows": each.follows,
            "follows_text": each.follows_text,
            "applied": each.applied,
        }
        for each in selectors.results(year).values()
    ]


@router.get(
    "/{int:number}",
    response={200: SelfEvaluationOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一份绩效自评，逐行",
)
def self_evaluation(request: HttpRequest, number: Key) -> dict[str, Any]:
    """One with its rows and the measures that each was frozen with."""
    page = selectors.self_page(permissions.actor_of(request), number)
    return _line(page.head) | {
        "done": page.head.done,
        "execution_reason": page.head.execution_reason,
        "rows": [_row(each) for each in page.rows],
        "warnings": [each.message for each in page.findings],
    }


def _line(row: SelfEvaluation) -> dict[str, Any]:
    names = ("fiscal_year", "project_code", "project_name", "state", "grade", "recheck_grade")
    return {
        "id": row.pk,
        "schema_code": row.schema,
        "execution_rate": _text(row.execution_rate),
        "total": _text(row.total),
        "recheck_total": _text(row.recheck_total),
        **{name: getattr(row, name) for name in names},
    }


def _row(each: RowView) -> dict[str, Any]:
    row = each.row
    names = ("number", "level1", "level2", "level3", "target", "basis", "cause", "improvement")
    return {
        **{name: getattr(row, name) for name in names},
        "actual": row.shown,
        "degree": _text(row.degree),
        "weight": _text(each.weight),
        "score": _text(each.score),
        "reason": each.reason,
        "recheck_score": _text(row.own_score),
        "figures": [
            {
                "metric": figure.metric,
                "parameters": figure.parameters,
                "period": figure.period,
                "value": _text(figure.value),
                "unit": figure.unit,
                "formula_hash": figure.formula_hash,
                "row_hash": figure.row_hash,
                "row_count": figure.row_count,
                "as_of": figure.as_of,
            }
            for figure in each.figures
        ],
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
