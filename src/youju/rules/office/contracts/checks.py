"""The rules CON-…: what is said of a contract as it is registered, of what it delivers, of its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, whole
from youju.rules.office.contracts.facts import ContractFacts
from youju.rules.registry import rule

TERM, MONEY, ACCEPTANCE = (
    "house-office#contracts",
    "house-office#contract-money",
    "house-office#acceptance",
)
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


@rule("CON-001", title="期限写反了", basis=TERM, since=DAY, severity=Severity.ERROR, scope="contract")
def a_contract_ends_after_it_begins(contract: ContractFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """合同的终止日期不得早于起始日期。"""
    if contract.moment != "register" or contract.valid_to >= contract.valid_from:
        return None
    return Finding(
        f"终止日期 {contract.valid_to} 早于起始日期 {contract.valid_from}。",
        "请对照合同文本改正。",
        {"field": "valid_to"},
    )


@rule("CON-002", title="先履行后签订", basis=TERM, since=DAY, severity=Severity.WARNING, scope="contract")
def a_contract_is_signed_before_it_begins(contract: ContractFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """合同应在开始履行以前签订。"""
    if contract.moment != "register" or contract.signed_on <= contract.valid_from:
        return None
    return Finding(
        f"合同 {contract.number} 自 {contract.valid_from} 履行，{contract.signed_on} 才签订。",
        "请核对日期；确是补签的，在备注里写明原因。",
        {"field": "signed_on"},
    )


@rule(
    "CON-003", title="成果价款超过合同金额", basis=MONEY, since=DAY, severity=Severity.ERROR, scope="contract"
)
def deliverables_cost_no_more_than_the_contract(contract: ContractFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """各项成果的价款之和不得超过合同金额。"""
    if contract.moment != "register" or contract.deliverables <= contract.amount:
        return None
    return Finding(
        f"各项成果的价款共 {contract.deliverables} 元，超过合同金额 {contract.amount} 元。",
        "请改成果的价款；合同金额变了的，先登记补充协议的金额。",
        {"field": "price"},
    )


@rule(
    "CON-004", title="付款约定超过合同金额", basis=MONEY, since=DAY, severity=Severity.ERROR, scope="contract"
)
def instalments_make_no_more_than_the_contract(contract: ContractFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """各期付款之和不得超过合同金额。"""
    if contract.moment != "register" or contract.instalments <= contract.amount:
        return None
    return Finding(
        f"各期付款共 {contract.instalments} 元，超过合同金额 {contract.amount} 元。",
        "请改各期的金额。",
        {"field": "amount"},
    )


@rule(
    "CON-005",
    title="交付和验收是同一人",
    basis=ACCEPTANCE,
    since=DAY,
    severity=Severity.ERROR,
    scope="contract",
)
def who_wrote_the_delivery_down_does_not_accept_it(contract: ContractFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """合同成果由登记交付以外的人验收。"""
    if contract.moment != "accept" or contract.actor != contract.delivered_by:
        return None
    return Finding("交付是您登记的，不能由您验收。", "请由其他人验收。", {"field": "accepted_by"})


@rule(
    "CON-006",
    title="合同快到期了",
    basis=TERM,
    since=DAY,
    severity=Severity.HINT,
    scope="contract",
    parameters=("office.contracts.expiry_days",),
)
def a_contract_that_ends_soon_is_said(contract: ContractFacts, law: LawOf) -> Finding | None:
    """即将到期的合同应当提醒。"""
    if contract.moment != "watch" or not contract.in_force or contract.valid_to < contract.day:
        return None
    if contract.valid_to - contract.day > timedelta(days=whole(law, "office.contracts.expiry_days")):
        return None
    return Finding(
        f"合同 {contract.number} 在 {contract.valid_to} 到期。",
        "要续签的请早作安排；成果没有验收完的请催办。",
        {"field": "valid_to"},
    )


@rule(
    "CON-007", title="成果期限在合同期外", basis=TERM, since=DAY, severity=Severity.WARNING, scope="contract"
)
def deliverables_fall_due_within_the_term(contract: ContractFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """成果的交付期限应在合同期内。"""
    if contract.moment != "register":
        return None
    late = [day for day in contract.due_days if not contract.valid_from <= day <= contract.valid_to]
    if not late:
        return None
    return Finding(
        f"成果期限 {late[0]} 不在合同期 {contract.valid_from} 至 {contract.valid_to} 内。",
        "请核对日期。",
        {"field": "due_on"},
    )
