"""The scores of a self-evaluation's release, of what the head approved."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from youju.performance.disclosure.selectors.providers import Ask, Computed, Part, Provider
from youju.performance.disclosure.services.providing import set_for
from youju.performance.evaluation.selectors import Result, results
from youju.performance.targets.selectors import document
from youju.rules.performance.disclosure.lifecycle import EVALUATION


def of_scores(ask: Ask) -> Part:
    """Each project's points and grade; a project that nobody approved yet is named and has none."""
    known = results(ask.year)
    projects = document(set_for(ask.year)).projects
    approved = {each.code: known[each.code] for each in projects if _day(known.get(each.code))}
    waiting = [f"{each.name}的绩效自评" for each in projects if each.code not in approved]
    days = [day for each in approved.values() if (day := _day(each))]
    return Part(
        content={"scores": {code: _plain(each) for code, each in approved.items()}},
        figures=[_computed(each) for each in approved.values()],
        unapproved=waiting if approved else (f"{ask.year} 年绩效自评",),
        approved_on=max(days) if days and not waiting else None,
    )


def _day(result: Result | None) -> Any:
    return result.approved_on if result else None


def _plain(result: Result) -> dict[str, Any]:
    return {
        "total": _text(result.total),
        "grade": result.grade,
        "rows": [
            {
                "row": each.number,
                "weight": _text(each.weight),
                "score": _text(each.score),
                "reason": each.reason,
            }
            for each in result.rows
        ],
    }


def _computed(result: Result) -> Computed:
    return Computed(
        key=f"s{result.project_code}",
        label=f"自评得分：{result.project_name}",
        label_en="Score of the self-evaluation",
        value=_text(result.total),
        unit="分",
        origin="scoring",
        definition="按评分办法由冻结的完成值和预算执行率计分，财政复核改分的用复核分。",
        definition_en="Points by the scoring rules from frozen values and execution; those of finance where it changed them.",
        period=str(result.fiscal_year),
        as_of=f"{result.until or ''}",
        rows=len(result.rows),
        formula_hash=result.law_hash,
    )


def _text(points: Decimal) -> str:
    return f"{points.normalize():f}"


SCORES = Provider("scores", (EVALUATION,), of_scores)
