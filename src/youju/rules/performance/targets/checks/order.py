"""The order of rows that the form prescribes."""

from __future__ import annotations

from typing import cast

from youju.rules.findings import Finding, Severity
from youju.rules.law import names, table
from youju.rules.performance.targets.cases import ProjectCase, RowCase
from youju.rules.performance.targets.checks.places import FORM_DAY, LawOf
from youju.rules.registry import rule

ROWS = "performance.targets.row_order"
LEVEL1 = "performance.targets.level_order"


@rule(
    "TGT-022",
    title="指标按表式次序排列",
    basis="hebei-form-2020#rows",
    since=FORM_DAY,
    severity=Severity.HINT,
    scope="project",
    parameters=(ROWS, LEVEL1),
)
def rows_keep_the_order_of_the_form(project: ProjectCase, law: LawOf) -> Finding | None:
    """指标行按表式次序排列：数量、质量、时效、成本，经济、社会、生态、可持续影响，最后是满意度。

    One finding for a project, at the first row that comes too late. A cost level of its own may stand before
    or after the outputs, but the rows of one first-level indicator stay together.
    """
    before: RowCase | None = None
    left: set[str] = set()
    highest = 0
    for row in project.rows:
        level = _level1(row, law)
        if level is None:
            continue
        rank = _rank(level, law)
        if before is not None:
            earlier = str(_level1(before, law))
            if level != earlier:
                left.add(earlier)
            late = level in left or (rank is not None and rank < highest)
            if late or (level == earlier and _swapped(before, row, level, law)):
                return row.says(
                    f"“{row.indicator.level2 or row.indicator.level1}”排在"
                    f"“{before.indicator.level2 or before.indicator.level1}”之后，次序与表式不符。",
                    f"把第 {row.number} 行移到表式规定的位置。",
                    "level2",
                )
        highest = max(highest, rank or 0)
        before = row
    return None


def _level1(row: RowCase, law: LawOf) -> str | None:
    return next((word for word in table(law, ROWS) if word in row.indicator.level1), None)


def _rank(level: str, law: LawOf) -> int | None:
    """The place of a first-level indicator, or ``None`` for one that may stand anywhere (成本)."""
    order = names(law, LEVEL1)
    return order.index(level) if level in order else None


def _swapped(before: RowCase, row: RowCase, level: str, law: LawOf) -> bool:
    """Whether two rows of one first-level indicator stand in the wrong order."""
    words = cast("tuple[str, ...]", table(law, ROWS)[level])
    first, second = (
        next((place for place, word in enumerate(words) if word in each.indicator.level2), None)
        for each in (before, row)
    )
    return first is not None and second is not None and first > second
