"""SUB-101 to SUB-110: what a policy's text should be mended in before it is issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from youju.rules.findings import Finding, Severity
from youju.rules.funds.subsidies.amounts import in_tiers
from youju.rules.funds.subsidies.cases import TextCase, about
from youju.rules.funds.subsidies.cents import CENT
from youju.rules.funds.subsidies.saying import days, figure
from youju.rules.funds.subsidies.shapes import CostShare, FirstExport, FlatRate, Increment, Tiers
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.law import PolicyValue, whole
from youju.rules.registry import rule

BASIS, HOUSE_DAY = "house-subsidies#issuing", date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


@rule(
    "SUB-101",
    title="条款没有依据",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="policy",
)
def every_clause_has_a_reference(case: TextCase, _law: LawOf) -> Iterator[Finding]:
    """每一条款应写明依据的文件和条目。"""
    for clause in case.policy.clauses:
        if not clause.reference.strip():
            yield about(
                f"条款“{clause.title}”没有写依据。", "写明文号和第几条。", clause=clause.id, field="reference"
            )


@rule(
    "SUB-102",
    title="没有每户上限",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="policy",
)
def something_limits_one_party(case: TextCase, _law: LawOf) -> Finding | None:
    """政策应有每户上限，否则一户可以占去大部分预算。"""
    if case.policy.party_cap is not None:
        return None
    if all(c.cap is not None or isinstance(c.shape, FirstExport) for c in case.policy.clauses):
        return None
    return about(
        "没有每户上限，一户可以占去全部预算。", "写每户上限，或给每一条款写上限。", field="party_cap"
    )


@rule(
    "SUB-103",
    title="全额分档有断崖",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="policy",
)
def whole_tiers_have_no_cliff(case: TextCase, _law: LawOf) -> Iterator[Finding]:
    """全额按一档计算的分档，跨过一档的一分钱会多得一大笔，也会引人拆分、凑数。"""
    for clause in case.policy.clauses:
        if not isinstance(clause.shape, Tiers) or not clause.shape.whole:
            continue
        for step in clause.shape.steps[1:]:
            gain = in_tiers(clause.shape, step.start) - in_tiers(clause.shape, step.start - CENT)
            if gain > CENT:
                yield about(
                    f"条款“{clause.title}”在 {figure(step.start)} 美元处，多出口 0.01 美元多得 {gain:,} 元。",
                    "改为各段按各自的档，或用回测看谁在边上。",
                    clause=clause.id,
                    field="steps",
                )
            elif gain < 0:
                yield about(
                    f"条款“{clause.title}”在 {figure(step.start)} 美元处，多出口反而少得 {-gain:,} 元。",
                    "后一档不应比前一档给得少。",
                    clause=clause.id,
                    field="steps",
                )


@rule(
    "SUB-104",
    title="各档的率不是递增",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.HINT,
    scope="policy",
)
def splitting_does_not_pay_in_tiers(case: TextCase, _law: LawOf) -> Iterator[Finding]:
    """后一档的率低于前一档时，拆成几户可以多得。"""
    for clause in case.policy.clauses:
        if isinstance(clause.shape, Tiers) and any(b.rate < a.rate for a, b in pairwise(clause.shape.steps)):
            yield about(
                f"条款“{clause.title}”后一档的率低于前一档，一户拆成两户可以多得。",
                "看回测里“拆户”的数；需要时以关联企业合并计算。",
                clause=clause.id,
                field="steps",
            )


@rule(
    "SUB-105",
    title="申报期太短",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="policy",
    parameters=("funds.subsidies.least_filing_days",),
)
def there_is_time_to_apply(case: TextCase, law: LawOf) -> Finding | None:
    """申报期应有足够的天数。"""
    least = whole(law, "funds.subsidies.least_filing_days")
    had = (case.policy.filing.end - case.policy.filing.start).days
    if had >= least:
        return None
    return about(f"申报期只有 {had} 天，少于 {least} 天。", "延长申报期。", field="filing")


@rule(
    "SUB-106",
    title="公示期太短",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="policy",
    parameters=("funds.subsidies.least_publicity_days",),
)
def the_list_is_public_long_enough(case: TextCase, law: LawOf) -> Finding | None:
    """兑现名单应公示足够的工作日。"""
    least = whole(law, "funds.subsidies.least_publicity_days")
    if case.policy.publicity_days >= least:
        return None
    return about(
        f"公示 {case.policy.publicity_days} 个工作日，少于 {least} 个。",
        "延长公示期。",
        field="publicity_days",
    )


@rule(
    "SUB-107",
    title="申报在期间结束以前开始",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.HINT,
    scope="policy",
)
def applications_begin_after_the_window(case: TextCase, _law: LawOf) -> Finding | None:
    """申报一般在补贴期间结束后开始，否则期末的出口还没有放行。"""
    if case.policy.filing.start >= case.policy.window.end:
        return None
    return about(
        f"{case.policy.filing.start} 开始申报，补贴期间是 {days(case.policy.window)}。",
        "推迟申报，或说明分期兑现。",
        field="filing",
    )


@rule(
    "SUB-108",
    title="与现行政策重叠而没有写能否同时享受",
    basis="house-subsidies#stacking",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="policy",
)
def overlapping_policies_say_whether_they_stack(case: TextCase, _law: LawOf) -> Iterator[Finding]:
    """同一期间、同样对象、为同一件事补贴的政策，应写明能否同时享受。"""
    window, roles = case.policy.window, frozenset(case.policy.eligible.roles)
    for other in case.others:
        if other.code in (case.policy.code, *case.policy.stacking.against):
            continue
        if case.policy.code in other.stacking.against:
            continue
        overlap = window.start < other.window.end and other.window.start < window.end
        if overlap and roles & frozenset(other.eligible.roles) and _counts(case.policy) & _counts(other):
            yield about(
                f"与“{other.title}”对象、期间重叠，又为同一件事补贴，没有写能否同时享受。",
                "写入不重复享受的政策，或确认可以同时享受。",
                field="stacking",
                key=other.code,
            )


def _counts(policy: PolicyText) -> frozenset[str]:
    """What a policy pays for: exports, containers, first exports, each kind of cost."""
    found: set[str] = set()
    for clause in policy.clauses:
        match clause.shape:
            case CostShare(kinds):
                found.update(kinds)
            case FlatRate() | Increment() | Tiers():
                found.add("exports")
            case _:
                found.add(clause.shape.kind)
    return frozenset(found)


@rule(
    "SUB-109",
    title="资金总额超过项目可用的预算",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="policy",
)
def the_project_can_pay_the_budget(case: TextCase, _law: LawOf) -> Finding | None:
    """政策的资金总额不应超过承担项目可用的预算。"""
    if case.available is None or case.policy.budget <= case.available:
        return None
    return about(
        f"资金总额 {case.policy.budget:,} 元，承担项目可用 {case.available:,} 元。",
        "减少资金总额，或先调整项目预算。",
        field="budget",
    )


@rule(
    "SUB-110",
    title="算例与条款不符",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="policy",
)
def the_examples_hold(case: TextCase, _law: LawOf) -> Iterator[Finding]:
    """政策里的算例应与条款算出的一致。"""
    for failing in case.failing:
        yield about(failing.sentence, "改条款或改算例。", clause=failing.clause, field="examples")


@rule(
    "SUB-111",
    title="增量的基期不在补贴期间以前",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="policy",
)
def the_base_period_lies_before(case: TextCase, _law: LawOf) -> Iterator[Finding]:
    """增量条款的基期应在补贴期间开始以前结束。"""
    for clause in case.policy.clauses:
        if isinstance(clause.shape, Increment) and clause.shape.base.end > case.policy.window.start:
            yield about(
                f"条款“{clause.title}”的基期 {days(clause.shape.base)}与补贴期间 {days(case.policy.window)}重叠。",
                "改基期。",
                clause=clause.id,
                field="base",
            )
