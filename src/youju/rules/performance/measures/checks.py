"""The rules MSR-… about bindings: what an indicator row is measured by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue
from youju.rules.performance.measures import checks_statements
from youju.rules.performance.measures.facts import BindingFacts
from youju.rules.registry import rule

BASIS = "house-measures#bindings"
TIERS = "house-measures#tiers"
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]
_DECIDED = ("propose", "approve")
__all__ = ["checks_statements"]


@rule("MSR-001", title="指标行没有绑定", basis=BASIS, since=DAY, severity=Severity.WARNING, scope="binding")
def every_row_is_bound(binding: BindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """每个指标行应当绑定到指标目录里的指标，或者情况说明。"""
    if binding.moment != "watch" or binding.bound:
        return None
    return Finding(
        f"{binding.place}没有批准的绑定，算不出完成值。",
        "请确认建议的绑定，或改用情况说明。",
        {"field": "metric"},
    )


@rule("MSR-002", title="指标不在目录里", basis=BASIS, since=DAY, severity=Severity.ERROR, scope="binding")
def what_is_bound_is_in_the_catalogue(binding: BindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """绑定的指标须在指标目录里。"""
    if not binding.bound or not binding.computed or (binding.metrics and not binding.unknown):
        return None
    told = f"指标目录里没有“{binding.unknown[0]}”。" if binding.unknown else "没有写指标编码。"
    return Finding(f"{binding.place}：{told}", "请从指标目录里选择。", {"field": "metric"})


@rule("MSR-003", title="单位不能换算", basis=BASIS, since=DAY, severity=Severity.ERROR, scope="binding")
def a_unit_can_be_told_in_the_targets(binding: BindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """指标的单位须能换算成目标值的单位。"""
    if not binding.computed or not binding.quantity or binding.fits:
        return None
    return Finding(
        f"{binding.place}的目标值是“{binding.target}”，指标的单位是“{'、'.join(binding.units)}”，不能换算。",
        "请换一个指标，或先改目标值的单位。",
        {"field": "metric"},
    )


@rule("MSR-004", title="单位要猜", basis=BASIS, since=DAY, severity=Severity.HINT, scope="binding")
def a_target_says_its_unit(binding: BindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """目标值应当写明单位，并与指标的单位相同。"""
    if not binding.computed or not binding.fits or not binding.unit_note:
        return None
    return Finding(f"{binding.place}：{binding.unit_note}。", "下一版目标里请写明单位。", {"field": "metric"})


@rule("MSR-005", title="参数不是这个指标的", basis=BASIS, since=DAY, severity=Severity.ERROR, scope="binding")
def a_parameter_belongs_to_its_metric(binding: BindingFacts, law: LawOf) -> list[Finding]:  # noqa: ARG001
    """绑定的参数须是指标有的参数。"""
    if not binding.computed or not binding.metrics or binding.unknown:
        return []
    return [
        Finding(
            f"{binding.place}：指标没有参数“{name}”。",
            f"它的参数：{'、'.join(sorted(binding.known)) or '没有参数'}。",
            {"field": "parameters"},
        )
        for name in sorted(binding.parameters)
        if name not in binding.known
    ]


@rule("MSR-006", title="没有限定项目", basis=BASIS, since=DAY, severity=Severity.HINT, scope="binding")
def a_projects_row_counts_its_project(binding: BindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """指标能按项目计算的，绑定应当限定本项目。"""
    if not binding.computed or "project" not in binding.known or binding.parameters.get("project"):
        return None
    return Finding(
        f"{binding.place}：指标能按项目计算，绑定没有限定项目。",
        "确实要算全部项目的，请在说明里写明。",
        {"field": "parameters"},
    )


@rule(
    "MSR-007", title="定性指标没有分档办法", basis=TIERS, since=DAY, severity=Severity.ERROR, scope="binding"
)
def a_value_becomes_a_tier_by_a_stated_way(binding: BindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """目标值不是数的，绑定须写明怎样分档。"""
    if not binding.computed or not binding.metrics or binding.quantity or binding.reading in binding.readings:
        return None
    return Finding(
        f"{binding.place}的目标值“{binding.target}”不是一个数，没有写明怎样分档。",
        "请选择一种分档办法。",
        {"field": "reading"},
    )


@rule("MSR-008", title="一人既确认又批准", basis=BASIS, since=DAY, severity=Severity.ERROR, scope="binding")
def another_person_approves(binding: BindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """绑定由一人确认、另一人批准。"""
    if binding.moment != "approve" or not binding.actor or binding.actor != binding.confirmed_by:
        return None
    return Finding(f"{binding.place}的绑定是您确认的。", "请由另一人批准。", {"field": "approved_by"})


@rule(
    "MSR-009",
    title="能计算的不用情况说明",
    basis=BASIS,
    since=DAY,
    severity=Severity.WARNING,
    scope="binding",
)
def what_can_be_computed_is_not_attested(binding: BindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """目录里有合适的指标的，应当计算，不用情况说明。"""
    if binding.moment not in _DECIDED or binding.computed or not binding.suggested or binding.note:
        return None
    return Finding(
        f"{binding.place}可以用指标 {binding.suggested} 计算。",
        "不合适的，请在说明里写明为什么。",
        {"field": "note"},
    )


@rule("MSR-010", title="指标含糊", basis=TIERS, since=DAY, severity=Severity.HINT, scope="binding")
def a_vague_row_stays_vague(binding: BindingFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """目标值不是一个数的，绑定了指标也仍然含糊。"""
    if binding.moment != "watch" or not binding.bound or binding.quantity:
        return None
    return Finding(
        f"{binding.place}的目标值“{binding.target}”不是一个数。",
        "下一年请改成可以衡量的数和单位。",
        {"field": "target"},
    )
