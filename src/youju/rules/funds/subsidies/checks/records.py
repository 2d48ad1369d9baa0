"""SUB-011 to SUB-016: which of the party's records a policy cannot count, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.funds.subsidies.cases import PartyCase, about
from youju.rules.funds.subsidies.facts import ExportFact
from youju.rules.funds.subsidies.measuring import count
from youju.rules.funds.subsidies.saying import days
from youju.rules.funds.subsidies.shapes import COSTS, CostShare
from youju.rules.law import PolicyValue
from youju.rules.registry import rule

BASIS, HOUSE_DAY = "house-subsidies#records", date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


@rule(
    "SUB-011",
    title="没有可以计算的记录",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="subsidy",
)
def there_is_something_to_count(case: PartyCase, _law: LawOf) -> Finding | None:
    """至少应有一条条款有可以计算的出口或费用。"""
    if any(count(case.policy, clause, case.facts).keys for clause in case.policy.clauses):
        return None
    return about(
        f"{days(case.policy.window)}没有符合条款的放行货物或费用。",
        "核对报关单是否已放行、费用是否在期间内支付。",
        field="exports",
    )


@rule(
    "SUB-012",
    title="放行日期在期间以外",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.HINT,
    scope="subsidy",
)
def exports_lie_in_the_window(case: PartyCase, _law: LawOf) -> Finding | None:
    """只计算放行日期在政策期间内的出口。"""
    left = [fact for fact in case.facts.exports if not case.policy.window.covers(fact.day)]
    return _left(
        left, f"放行日期不在 {days(case.policy.window)}之内", "不计入；属于另一期间的，在那一期申报。"
    )


@rule(
    "SUB-013",
    title="出口没有收汇",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="subsidy",
)
def exports_were_collected(case: PartyCase, _law: LawOf) -> Finding | None:
    """政策要求收汇的，只计算已收汇的出口。"""
    return _asked(case, case.policy.collected, lambda fact: fact.collected, "没有收汇", "收汇后可以补报。")


@rule(
    "SUB-014",
    title="出口没有申报免税",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="subsidy",
)
def exports_were_exempted(case: PartyCase, _law: LawOf) -> Finding | None:
    """政策要求免税申报的，只计算已申报免税的出口。"""
    return _asked(
        case, case.policy.exempted, lambda fact: fact.exempted, "没有申报免税", "申报免税后可以补报。"
    )


@rule(
    "SUB-015",
    title="费用不在期间以内",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="subsidy",
)
def costs_lie_in_the_window(case: PartyCase, _law: LawOf) -> Finding | None:
    """只计算政策期间内支付的费用。"""
    late = [cost for cost in case.facts.costs if not case.policy.window.covers(cost.day)]
    if not late:
        return None
    return about(
        f"{len(late)} 笔费用的支付日期不在 {days(case.policy.window)}之内（如 {late[0].key}，{late[0].day}）。",
        "不计入；核对支付日期。",
        field="costs",
        key=late[0].key,
    )


@rule(
    "SUB-016",
    title="费用种类不在政策范围内",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="subsidy",
)
def costs_are_of_a_kind_of_the_policy(case: PartyCase, _law: LawOf) -> Finding | None:
    """只计算条款列明种类的费用。"""
    shapes = [clause.shape for clause in case.policy.clauses]
    kinds = {kind for shape in shapes if isinstance(shape, CostShare) for kind in shape.kinds}
    foreign = [cost for cost in case.facts.costs if cost.kind not in kinds]
    if not foreign:
        return None
    named = COSTS.get(foreign[0].kind, foreign[0].kind)
    return about(
        f"{len(foreign)} 笔费用的种类不在条款之内（如 {foreign[0].key}，{named}）。",
        "不计入；核对费用种类。",
        field="costs",
        key=foreign[0].key,
    )


def _asked(
    case: PartyCase, asked: bool, state: Callable[[ExportFact], bool | None], lack: str, how: str
) -> Finding | None:
    if not asked:
        return None
    left = [fact for fact in case.facts.exports if case.policy.window.covers(fact.day) and not state(fact)]
    return _left(left, lack, f"不计入；{how}")


def _left(left: Iterable[ExportFact], why: str, how: str) -> Finding | None:
    facts = list(left)
    if not facts:
        return None
    total = sum(fact.value_usd for fact in facts)
    return about(
        f"{len(facts)} 行出口{why}，共 {total:,f} 美元（如 {facts[0].key}，{facts[0].day}）。",
        how,
        field="exports",
        key=facts[0].key,
    )
