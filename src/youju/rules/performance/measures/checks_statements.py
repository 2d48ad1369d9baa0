"""The rules MSR-1…: what people sign for a row, and how."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, whole
from youju.rules.performance.measures.facts import SignedFacts
from youju.rules.performance.measures.tiers import LABELS
from youju.rules.registry import rule

BASIS = "house-measures#statements"
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


@rule("MSR-101", title="没有附证据", basis=BASIS, since=DAY, severity=Severity.ERROR, scope="statement")
def what_is_signed_has_evidence(said: SignedFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """情况说明和数值调整须附证据。"""
    if said.moment != "sign" or said.evidence:
        return None
    return Finding(f"{said.place}没有附证据。", "请上传至少一份证据文件。", {"field": "evidence"})


@rule("MSR-102", title="没有写理由", basis=BASIS, since=DAY, severity=Severity.ERROR, scope="statement",
      parameters=("performance.measures.least_reason",))  # fmt: skip
def what_is_signed_says_why(said: SignedFacts, law: LawOf) -> Finding | None:
    """情况说明和数值调整须写清情况和理由。"""
    least = whole(law, "performance.measures.least_reason")
    if said.moment != "sign" or len(said.text.strip()) >= least:
        return None
    return Finding(f"{said.place}的理由太短。", f"请至少写 {least} 个字，说清依据什么。", {"field": "text"})


@rule("MSR-103", title="该写数的写了分档", basis=BASIS, since=DAY, severity=Severity.ERROR, scope="statement")
def a_number_answers_a_number(said: SignedFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """目标值是数的写数，不是数的写分档和得分率。"""
    if said.moment != "sign":
        return None
    if said.quantity and (said.value is None or said.tier):
        return Finding(
            f"{said.place}的目标值是一个数。", "请写数值，用目标值的单位，不写分档。", {"field": "value"}
        )
    if not said.quantity and (said.value is not None or said.tier not in LABELS or said.tier_rate is None):
        return Finding(f"{said.place}的目标值不是一个数。", "请写分档和得分率，不写数值。", {"field": "tier"})
    return None


@rule("MSR-104", title="得分率不在档内", basis=BASIS, since=date(2020, 2, 25), severity=Severity.ERROR, scope="statement",
      parameters=("performance.evaluation.mof_2020.tiers",))  # fmt: skip
def a_rate_lies_in_its_tier(said: SignedFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """得分率须在所选的一档之内。"""
    if said.moment != "sign" or said.tier_rate is None or said.tier not in said.rates:
        return None
    low, high = said.rates[said.tier]
    best = said.tier == next(iter(LABELS))
    if low <= said.tier_rate < high or (best and said.tier_rate == high):
        return None
    return Finding(
        f"得分率 {said.tier_rate}% 不在“{LABELS[said.tier]}”一档。",
        f"这一档从 {low}%（含）到 {high}%{'（含）' if best else ''}。",
        {"field": "tier_rate"},
    )


@rule("MSR-105", title="一人既签署又复签", basis=BASIS, since=DAY, severity=Severity.ERROR, scope="statement")
def another_person_countersigns(said: SignedFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """情况说明和数值调整由一人签署、另一人复签。"""
    if said.moment != "countersign" or said.actor != said.signed_by:
        return None
    return Finding(f"{said.place}是您签署的。", "请由另一人复签。", {"field": "countersigned_by"})


@rule("MSR-106", title="截至日不在年内", basis=BASIS, since=DAY, severity=Severity.ERROR, scope="statement")
def it_speaks_of_its_year(said: SignedFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """情况说明和数值调整的截至日须在预算年度内，不晚于签署当天。"""
    if said.moment != "sign":
        return None
    if said.until.year != said.year:
        return Finding(f"截至日 {said.until} 不在 {said.year} 年内。", "请改截至日。", {"field": "until"})
    if said.until > said.day:
        return Finding(
            f"截至日 {said.until} 还没有到。", "还没有发生的不能说明，请改截至日。", {"field": "until"}
        )
    return None


@rule("MSR-107", title="太久没有复签", basis=BASIS, since=DAY, severity=Severity.WARNING, scope="statement",
      parameters=("performance.measures.countersign_days",))  # fmt: skip
def what_is_signed_is_countersigned_soon(said: SignedFacts, law: LawOf) -> Finding | None:
    """签署的应当在约定的天数内复签，复签以前不算数。"""
    if said.moment != "watch" or said.countersigned or said.signed_on is None:
        return None
    most = whole(law, "performance.measures.countersign_days")
    days = (said.day - said.signed_on).days
    if days <= most:
        return None
    return Finding(
        f"{said.place}签署已经 {days} 天，没有复签。", "请复签，或退回。", {"field": "countersigned_by"}
    )


@rule("MSR-108", title="调整没有改变什么", basis=BASIS, since=DAY, severity=Severity.ERROR, scope="statement")
def an_adjustment_changes_something(said: SignedFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """数值调整须与计算的值不同。"""
    if said.moment != "sign" or not said.adjusts or said.changes:
        return None
    return Finding(f"{said.place}调整后的值与计算的值相同。", "不用调整。", {"field": "value"})


@rule(
    "MSR-109",
    title="绑定了指标的行用了情况说明",
    basis=BASIS,
    since=DAY,
    severity=Severity.ERROR,
    scope="statement",
)
def a_statement_is_for_what_is_attested(said: SignedFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """情况说明只用于绑定为情况说明的行；要更正计算的值，用数值调整。"""
    if said.moment != "sign" or said.adjusts or said.attested_row:
        return None
    return Finding(
        f"{said.place}的值由记录计算。", "记录错了请改记录；确需更正的，用数值调整。", {"field": "text"}
    )
