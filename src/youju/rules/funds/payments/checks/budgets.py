"""The project's budget and its plan."""

from __future__ import annotations

from decimal import Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.funds.payments.checks.terms import HOUSE_DAY, LawOf, yuan
from youju.rules.funds.payments.facts import HoldFacts, PaymentFacts
from youju.rules.funds.payments.plans import planned_on
from youju.rules.law import decimal
from youju.rules.registry import rule

_CENT = Decimal("0.01")


@rule(
    "PAY-001",
    title="金额大于零，精确到分",
    basis="house-funds#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="payment",
)
def the_amount_is_money(facts: PaymentFacts, _law: LawOf) -> Finding | None:
    """付款金额应大于零，最小到分。"""
    if facts.amount > 0 and facts.amount == facts.amount.quantize(_CENT):
        return None
    return facts.says(f"金额是 {facts.amount} 元。", "请填大于零、最多两位小数的金额。", "amount")


@rule(
    "PAY-002",
    title="不超过可用预算",
    basis="house-funds#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="payment",
)
def the_budget_allows_it(facts: PaymentFacts, _law: LawOf) -> Finding | None:
    """付款不能超过项目的可用预算：调整后预算减去已付和在途。"""
    project = facts.project
    if facts.amount <= project.available:
        return None
    return facts.says(
        f"项目 {project.code} 可用预算 {yuan(project.available)}，这笔要 {yuan(facts.amount)}，"
        f"超出 {yuan(facts.amount - project.available)}。",
        "请核对金额和项目；确实不够的，先办理预算调整。",
        "amount",
    )


@rule(
    "PAY-003",
    title="项目还在执行",
    basis="house-funds#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="payment",
)
def the_project_is_active(facts: PaymentFacts, _law: LawOf) -> Finding | None:
    """已结束的项目不再付款。"""
    if facts.project.active:
        return None
    return facts.says(f"项目 {facts.project.code} 已结束。", "请选执行中的项目，或先重新开启。", "project")


@rule(
    "PAY-004",
    title="不早于支出计划",
    basis="house-funds#checks",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="payment",
    parameters=("funds.payments.ahead_of_plan",),
)
def it_keeps_to_the_plan(facts: PaymentFacts, law: LawOf) -> Finding | None:
    """累计支出明显超过支出计划到下一个节点的数额时，要说明原因。"""
    point = planned_on(facts.project.plan, facts.project.year, facts.due_on)
    if point is None or not facts.project.budget:
        return None
    month, planned = point
    over = facts.project.used + facts.amount - planned
    if over * 100 <= decimal(law, "funds.payments.ahead_of_plan") * facts.project.budget:
        return None
    return facts.says(
        f"到 {month} 月底计划累计支出 {yuan(planned)}，加上这笔是 {yuan(facts.project.used + facts.amount)}。",
        "说明为什么提前支出，或先调整支出计划。",
        "due_on",
    )


@rule(
    "PAY-005",
    title="项目没有暂停拨付",
    basis="mof-2019-136#correct",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="payment",
)
def the_project_is_not_held(facts: PaymentFacts | HoldFacts, _law: LawOf) -> Finding | None:
    """暂停拨付的项目，申请、批准和送银行都要等恢复以后再办。"""
    if not facts.held:
        return None
    return PaymentFacts.says(
        f"项目 {facts.project.code} 已暂停拨付：{facts.held.rstrip('。')}。",
        "请先完成整改，核实通过后恢复拨付。",
        "project",
    )
