"""Alike payments, days and papers."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.funds.payments.checks.terms import HOUSE_DAY, LawOf, yuan
from youju.rules.funds.payments.facts import PaymentFacts, Twin
from youju.rules.law import decimal, whole
from youju.rules.registry import rule


def _alike(facts: PaymentFacts, law: LawOf) -> tuple[Twin, ...]:
    days = whole(law, "funds.payments.duplicate_days")
    return tuple(twin for twin in facts.twins if twin.days <= days)


@rule(
    "PAY-031",
    title="不是重复付款",
    basis="house-funds#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="payment",
    parameters=("funds.payments.duplicate_days",),
)
def it_was_not_asked_for_before(facts: PaymentFacts, law: LawOf) -> Finding | None:
    """期限内向同一账号付同样金额、同样用途的，视为重复。"""
    same = [twin for twin in _alike(facts, law) if twin.purpose.strip() == facts.purpose.strip()]
    if not same:
        return None
    return facts.says(
        f"{same[0].number} 在 {same[0].days} 天内已向这个账号申请 {yuan(facts.amount)}，用途相同。",
        "多半是重复申请；确是另一笔的，在用途里写清楚（例如月份、期次）。",
        "purpose",
    )


@rule(
    "PAY-032",
    title="没有相似的付款",
    basis="house-funds#checks",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="payment",
    parameters=("funds.payments.duplicate_days",),
)
def nothing_looks_alike(facts: PaymentFacts, law: LawOf) -> Finding | None:
    """期限内向同一账号付同样金额、用途不同的，要说明不是重复；按政策兑现的每笔各有决定，不在此列。"""
    other = [twin for twin in _alike(facts, law) if twin.purpose.strip() != facts.purpose.strip()]
    if not other or facts.of_record:
        return None
    return facts.says(
        f"{other[0].number}（{other[0].purpose}）在 {other[0].days} 天内也向这个账号付 {yuan(facts.amount)}。",
        "核对是不是同一笔；不是的请说明区别。",
        "amount",
    )


@rule(
    "PAY-033",
    title="应付日期没有过",
    basis="house-funds#checks",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="payment",
)
def the_due_day_is_ahead(facts: PaymentFacts, _law: LawOf) -> Finding | None:
    """申请时应付日期已过的，要说明迟办的原因。"""
    if facts.due_on >= facts.day:
        return None
    return facts.says(f"应付日期 {facts.due_on} 已过。", "请核对日期；确实迟办的，说明原因。", "due_on")


@rule(
    "PAY-034",
    title="附了凭证",
    basis="house-funds#checks",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="payment",
    parameters=("funds.payments.evidence_from",),
)
def papers_are_attached(facts: PaymentFacts, law: LawOf) -> Finding | None:
    """达到限额的付款应附发票、结算单等凭证；按政策兑现的凭决定付款。"""
    least = decimal(law, "funds.payments.evidence_from")
    if facts.evidence or facts.of_record or facts.amount < least:
        return None
    return facts.says(
        f"{yuan(facts.amount)} 没有附凭证。", "请附发票、结算单或名册；以后补的，说明什么时候补。", "evidence"
    )
