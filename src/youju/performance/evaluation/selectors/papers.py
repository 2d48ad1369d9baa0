"""Evaluations as plain data for documents and packs: every number as text, bound to the measure that it was frozen with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.jobs.selectors import runs
from youju.foundation.policies import law_on
from youju.performance.evaluation import events, permissions
from youju.performance.evaluation.models import (
    DepartmentEvaluation,
    EvaluationRow,
    Figure,
    KeyEvaluation,
    SelfEvaluation,
)
from youju.performance.evaluation.selectors.keys import result_of
from youju.rules.performance.evaluation.lifecycle import FILLING, STATES
from youju.rules.performance.evaluation.points import plain
from youju.rules.performance.evaluation.schemas import Schema, schema_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

FUNDS = {
    "total": "年度资金总额",
    "fiscal": "其中：当年财政拨款",
    "carried": "上年结转资金",
    "other": "其他资金",
}
PACK = "pack"
"""The role of a pack among a year's files."""


@dataclass(frozen=True, slots=True)
class PapersPage:
    """A year's documents and packs, the newest first; ``running`` is the job that makes a pack now."""

    year: int
    selves: Sequence[tuple[SelfEvaluation, Sequence[DocumentView]]]
    department: DepartmentEvaluation | None
    packs: Sequence[Attached]
    running: Any
    may_export: bool


def papers_page(actor: User, year: int) -> PapersPage:
    """What was made of a year.

    Raises:
        PermissionDenied: the actor sees no evaluations.
    """
    require(actor, permissions.VIEW)
    heads = SelfEvaluation.objects.filter(fiscal_year=year).exclude(state=FILLING)
    subject = events.pack_subject(year)
    asked = runs().filter(subject_kind=subject.kind, subject_key=subject.key).first()
    return PapersPage(
        year=year,
        selves=[(each, documents(events.self_subject(each), limit=8)) for each in heads],
        department=DepartmentEvaluation.objects.filter(fiscal_year=year).first(),
        packs=attachments(subject, PACK),
        running=asked,
        may_export=allowed(actor, permissions.EXPORT),
    )


def self_paper(head: SelfEvaluation) -> dict[str, Any]:
    """A frozen self-evaluation as plain data; six queries."""
    law = law_on(head.day) if head.day else law_on(head.opened_at.date())
    schema = schema_of(head.schema, law)
    rows = list(head.rows.prefetch_related("figures"))
    settled = head.recheck_total is not None
    return {
        "project_code": head.project_code,
        "project_name": head.project_name,
        "year": head.fiscal_year,
        "unit_name": head.unit_name,
        "money_unit": head.money_unit,
        "schema": head.schema,
        "schema_title": schema.title,
        "state": STATES[head.state],
        "day": head.day.isoformat() if head.day else "",
        "until": head.until.isoformat() if head.until else "",
        "policy_hash": head.policy_hash,
        "goals": head.goals,
        "done": head.done,
        "execution_reason": head.execution_reason,
        "funds": [
            {
                "kind": each.kind,
                "label": FUNDS[each.kind],
                "initial": plain(each.initial),
                "adjusted": plain(each.adjusted),
                "executed": plain(each.executed),
            }
            for each in head.funds.all()
        ],
        "execution": {
            "rate": _text(head.execution_rate),
            "weight": _text(head.execution_weight),
            "score": _fixed(head.execution_score),
        },
        "rows": [_row(row, schema) for row in rows],
        "total": _fixed(head.total),
        "grade": head.grade,
        "recheck": {
            "total": _fixed(head.recheck_total),
            "grade": head.recheck_grade,
            "note": head.recheck_note,
        }
        if settled
        else None,
        "warnings": [
            {name: each.get(name) for name in ("rule", "message", "suggestion", "row")}
            for each in head.warnings
        ],
        "full": plain(schema.full),
    }


def _row(row: EvaluationRow, schema: Schema) -> dict[str, Any]:
    tier = schema.tiers.get(row.tier)
    return {
        "number": row.number,
        "level1": row.level1,
        "level2": row.level2,
        "level3": row.level3,
        "target": row.target,
        "operator": row.operator,
        "unit": row.unit,
        "kind": row.kind,
        "basis": row.basis,
        "actual": row.shown or (tier.label if tier else ""),
        "scored": row.actual,
        "value": _text(row.value),
        "reading": row.reading,
        "degree": _text(row.degree),
        "sample": row.sample,
        "tier": row.tier,
        "tier_label": tier.label if tier else "",
        "tier_rate": _text(row.tier_rate),
        "tier_by": row.tier_by,
        "weight": _text(row.weight),
        "score": _fixed(row.score),
        "reason": row.reason,
        "cause": row.cause,
        "improvement": row.improvement,
        "reduction": {
            "rate": plain(row.reduction_rate),
            "reason": row.reduction_reason,
            "by": row.reduction_name,
            "at": row.reduction_at.isoformat() if row.reduction_at else "",
        }
        if row.reduction_rate is not None
        else None,
        "own_score": _fixed(row.own_score),
        "own_reason": row.own_reason,
        "adjusted": row.adjusted,
        "measures": [_figure(each) for each in row.figures.all()],
    }


def _figure(each: Figure) -> dict[str, Any]:
    return {
        "metric": each.metric,
        "parameters": dict(sorted(each.parameters.items())),
        "period": each.period,
        "value": _text(each.value),
        "unit": each.unit,
        "combination": each.combination,
        "formula_hash": each.formula_hash,
        "row_hash": each.row_hash,
        "row_count": each.row_count,
        "engine": each.engine,
        "as_of": each.as_of.isoformat(),
        "frozen": each.frozen,
    }


def department_paper(row: DepartmentEvaluation) -> dict[str, Any]:
    """The department's year as plain data."""
    return {
        "year": row.fiscal_year,
        "unit_name": row.unit_name,
        "money_unit": row.money_unit,
        "goal": row.goal,
        "done": row.done,
        "schema": row.schema,
        "day": row.day.isoformat(),
        "total": _fixed(row.total),
        "grade": row.grade,
        "state": row.state,
        "lines": [
            {
                "part": each.part,
                "name": each.name,
                "project_code": each.project_code,
                "weight": plain(each.weight),
                "score": _fixed(each.score),
                "reason": each.reason,
            }
            for each in row.lines.all()
        ],
        "warnings": [
            {name: each.get(name) for name in ("rule", "message", "suggestion", "row")}
            for each in row.findings
        ],
    }


def key_paper(row: KeyEvaluation) -> dict[str, Any]:
    """A key evaluation as plain data."""
    found = result_of(row)
    return {
        "project_code": row.project_code,
        "project_name": row.project_name,
        "year": row.fiscal_year,
        "schema": row.schema,
        "day": row.day.isoformat(),
        "experts": list(row.experts),
        "items": [
            {
                "number": each.item.number,
                "part": each.item.part,
                "name": each.item.name,
                "standard": each.item.standard,
                "weight": plain(each.item.weight),
                "points": {name: _fixed(points) for name, points in each.item.points.items()},
                "mean": _fixed(each.mean),
                "spread": plain(each.spread),
                "flagged": each.flagged,
                "reason": each.reason,
            }
            for each in found.items
        ],
        "parts": [[part, plain(weight), _fixed(points)] for part, weight, points in found.parts],
        "total": _fixed(found.total),
        "grade": found.grade,
        "experience": row.experience,
        "problems": row.problems,
        "advice": row.advice,
    }


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _fixed(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}"
