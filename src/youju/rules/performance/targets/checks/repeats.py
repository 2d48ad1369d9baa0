"""One indicator that stands in a table twice."""

from __future__ import annotations

from collections.abc import Iterator

from youju.rules.findings import Finding, Severity
from youju.rules.performance.targets.cases import ProjectCase, RowCase
from youju.rules.performance.targets.checks.places import DOWN, FORM_DAY, UP, LawOf, base
from youju.rules.performance.targets.texts import bare, tight
from youju.rules.registry import rule


@rule(
    "TGT-021",
    title="同一指标目标一致",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.ERROR,
    scope="project",
    parameters=("units",),
)
def one_indicator_has_one_target(project: ProjectCase, law: LawOf) -> Iterator[Finding]:
    """同一个项目里同名的三级指标，目标值应当相同。

    Compared in base units (1 亿元 is 10000 万元); a lower and an upper bound that leave room go together.
    """
    first: dict[str, RowCase] = {}
    for row in project.rows:
        name = bare(row.indicator.level3)
        if not name:
            continue
        earlier = first.setdefault(name, row)
        if earlier is not row and _differ(earlier, row, law):
            yield row.says(
                f"“{row.indicator.level3}”在第 {earlier.number} 行的目标是“{earlier.indicator.raw_value}”，"
                f"这一行却是“{row.indicator.raw_value}”。",
                "两行改成同一个目标；衡量的不是一回事的，给其中一行换个名称。",
            )


def _differ(one: RowCase, other: RowCase, law: LawOf) -> bool:
    if not (one.measured and other.measured):
        return tight(one.indicator.raw_value) != tight(other.indicator.raw_value)
    (kind, value), (other_kind, other_value) = base(one, law), base(other, law)
    signs = one.indicator.value.operator, other.indicator.value.operator
    if kind == other_kind and signs[0] in UP and signs[1] in DOWN:
        return value > other_value
    if kind == other_kind and signs[0] in DOWN and signs[1] in UP:
        return value < other_value
    return (kind, value, signs[0]) != (other_kind, other_value, signs[1])
