"""The rules EVL-013 and EVL-014: what finance gives instead of the section's points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.performance.evaluation.points import plain
from youju.rules.performance.evaluation.schemas import LawOf, Schema
from youju.rules.performance.evaluation.stages import Stage, changed_rows
from youju.rules.registry import rule

DAY = date(2020, 2, 25)


@rule(
    "EVL-013",
    title="复核改分写明理由",
    basis="house-evaluation#recheck",
    since=DAY,
    severity=Severity.ERROR,
    scope="recheck",
)
def other_points_have_a_reason(stage: Stage, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """复核得分与自评得分不同的，要写明理由。"""
    for row in changed_rows(stage):
        if not row.own_reason.strip():
            yield stage.says(
                f"{row.place}自评 {row.score} 分，复核 {row.own} 分，没有写理由。",
                "请写理由。",
                "own_reason",
                row.number,
            )


@rule(
    "EVL-014",
    title="复核得分不超过分值",
    basis="house-evaluation#recheck",
    since=DAY,
    severity=Severity.ERROR,
    scope="recheck",
)
def other_points_lie_within_the_weight(stage: Stage, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """复核得分在零分和这一行的分值之间。"""
    for row in changed_rows(stage):
        if row.own is not None and not 0 <= row.own <= row.weight:
            yield stage.says(
                f"{row.place}复核 {row.own} 分，不在 0 到 {plain(row.weight)} 之间。",
                "请改正。",
                "own",
                row.number,
            )


@dataclass(frozen=True, slots=True)
class Rechecked:
    """Total and grade after finance, and by how much the total differs from the section's."""

    total: Decimal
    grade: str
    difference: Decimal


def rechecked(
    schema: Schema, execution: Decimal, points: Sequence[tuple[Decimal, Decimal | None]]
) -> Rechecked:
    """Total of execution and rows, each row as (own points, those of finance or ``None`` where it agrees)."""
    total = execution + sum((own if other is None else other for own, other in points), Decimal(0))
    before = execution + sum((own for own, _ in points), Decimal(0))
    return Rechecked(total, schema.grade(total), total - before)
