"""A year of evaluations as plain data: for the command line."""

from __future__ import annotations

from typing import Any

from youju.performance.evaluation.models import DepartmentEvaluation, KeyEvaluation, SelfEvaluation
from youju.performance.evaluation.selectors.papers import department_paper, key_paper
from youju.rules.performance.evaluation.lifecycle import STATES


def year_as_data(year: int) -> dict[str, Any]:
    """Self-evaluations, department, key evaluations, what follows."""
    heads = SelfEvaluation.objects.filter(fiscal_year=year).select_related("result")
    department = DepartmentEvaluation.objects.filter(fiscal_year=year).first()
    return {
        "year": year,
        "projects": [_line(each) for each in heads],
        "department": department_paper(department) if department else None,
        "keys": [key_paper(each) for each in KeyEvaluation.objects.filter(fiscal_year=year)],
    }


def _line(head: SelfEvaluation) -> dict[str, Any]:
    applied = getattr(head, "result", None)
    return {
        "project_code": head.project_code,
        "project_name": head.project_name,
        "state": head.state,
        "state_label": STATES[head.state],
        "schema": head.schema,
        "execution_rate": _text(head.execution_rate),
        "total": _text(head.total),
        "grade": head.recheck_grade or head.grade,
        "recheck_total": _text(head.recheck_total),
        "follows": applied.follows_text if applied else None,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
