"""The contract that a payment stands on."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.funds.payments.checks.terms import HOUSE_DAY, LawOf, yuan
from youju.rules.funds.payments.facts import PaymentFacts
from youju.rules.law import decimal, names
from youju.rules.registry import rule


@rule(
    "PAY-011",
    title="较大的采购有合同",
    basis="house-funds#checks",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="payment",
    parameters=("funds.payments.contract_from", "funds.payments.no_contract_words"),
)
def larger_purchases_have_a_contract(facts: PaymentFacts, law: LawOf) -> Finding | None:
    """达到限额的采购付款应有合同；工资、社保和按政策兑现的除外。"""
    least = decimal(law, "funds.payments.contract_from")
    if facts.contract or facts.of_record or facts.amount < least:
        return None
    if any(word in facts.purpose for word in names(law, "funds.payments.no_contract_words")):
        return None
    return facts.says(
        f"{yuan(facts.amount)} 达到 {yuan(least)}，没有选合同。",
        "请选合同；不需要合同的，说明原因。",
        "contract",
    )


@rule(
    "PAY-012",
    title="不超过合同金额",
    basis="house-funds#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="payment",
)
def the_contract_allows_it(facts: PaymentFacts, _law: LawOf) -> Finding | None:
    """同一合同的付款合计不能超过合同金额。"""
    contract = facts.contract
    if contract is None or contract.amount is None or contract.used + facts.amount <= contract.amount:
        return None
    return facts.says(
        f"合同 {contract.number} 金额 {yuan(contract.amount)}，已用 {yuan(contract.used)}，这笔 {yuan(facts.amount)} 超出了。",
        "请核对合同和金额；合同有变更的先登记变更后的金额。",
        "contract",
    )


@rule(
    "PAY-013",
    title="收款人是合同的供应商",
    basis="house-funds#checks",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="payment",
)
def the_payee_is_the_supplier(facts: PaymentFacts, _law: LawOf) -> Finding | None:
    """收款人应是合同的供应商，付给别人的要说明原因。"""
    contract = facts.contract
    if contract is None or not contract.supplier or contract.supplier == facts.payee:
        return None
    return facts.says(
        f"合同 {contract.number} 的供应商是“{contract.supplier}”，收款人写的是“{facts.payee}”。",
        "请核对收款人；委托他人收款的，附委托书并说明。",
        "payee_name",
    )
