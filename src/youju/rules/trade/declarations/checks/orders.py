"""Orders that may not be declared under mode 1039, or not as they stand."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.registry import rule
from youju.rules.trade.declarations.cases import MODE_DAY, REVISED_DAY, LawOf, OrderCase
from youju.rules.trade.declarations.money import spoken
from youju.rules.trade.declarations.simplifying import simplify
from youju.rules.trade.declarations.terms import CAP, MAX_LINES, SIMPLIFICATION, cap_cents, terms_of


@rule(
    "DEC-001",
    title="单张交易单不超过单票上限",
    basis="gacc-2019-221#cap",
    since=REVISED_DAY,
    severity=Severity.ERROR,
    scope="order",
    parameters=(CAP,),
)
@rule(
    "DEC-001",
    title="单张交易单不超过单票上限",
    basis="gacc-2014-54#cap",
    since=MODE_DAY,
    until=REVISED_DAY,
    severity=Severity.ERROR,
    scope="order",
    parameters=(CAP,),
)
def order_is_within_the_cap(case: OrderCase, law: LawOf) -> Finding | None:
    """一张交易单的总额不得超过单票报关单的货值上限，也不得为此拆开申报。"""
    order = case.order
    cap = cap_cents(law, order.currency, case.usd_rates)
    if cap is None or order.cents <= cap:
        return None
    return case.says(
        f"交易单 {order.number} 总额 {order.currency} {spoken(order.cents)}，超过单票上限 {order.currency} {spoken(cap)}，"
        f"超出 {spoken(order.cents - cap)}。",
        "这张单不适用市场采购方式，请改用一般贸易等方式申报，不要拆单。",
        "amount",
    )


@rule(
    "DEC-002",
    title="一张交易单只有一种币制",
    basis="house-declarations#orders",
    since=MODE_DAY,
    severity=Severity.ERROR,
    scope="order",
)
def order_has_one_currency(case: OrderCase, _law: LawOf) -> Finding | None:
    """一张交易单的各行应是同一种币制。"""
    found = sorted({line.currency for line in case.order.lines})
    if len(found) == 1:
        return None
    return case.says(
        f"交易单 {case.order.number} 里有 {len(found)} 种币制：{'、'.join(found)}。",
        "一票报关单只有一种币制，请按币制分开登记。",
        "currency",
    )


@rule(
    "DEC-003",
    title="一张交易单只有一个商户",
    basis="house-declarations#orders",
    since=MODE_DAY,
    severity=Severity.WARNING,
    scope="order",
)
def order_has_one_merchant(case: OrderCase, _law: LawOf) -> Finding | None:
    """一张交易单应只属于一个商户。"""
    found = sorted({line.merchant for line in case.order.lines})
    if len(found) == 1:
        return None
    return case.says(
        f"交易单 {case.order.number} 写了 {len(found)} 个商户：{'、'.join(found)}。",
        "看是否两个商户用了同一个单号；是的话请改用不同的单号。",
        "merchant",
    )


@rule(
    "DEC-006",
    title="单张交易单不超过商品项数上限",
    basis="customs-practice#lines",
    since=MODE_DAY,
    severity=Severity.ERROR,
    scope="order",
    parameters=(MAX_LINES, *SIMPLIFICATION),
)
def order_fits_one_declaration(case: OrderCase, law: LawOf) -> Finding | None:
    """一张交易单简化申报后的商品项数不得超过一票报关单的上限。"""
    terms = terms_of(law)
    if len(case.order.lines) <= terms.max_lines:
        return None
    declared = len(simplify(case.order.lines, terms))
    if declared <= terms.max_lines:
        return None
    return case.says(
        f"交易单 {case.order.number} 简化申报后仍有 {declared} 项，一票报关单最多 {terms.max_lines} 项。",
        "这张单放不进一票报关单，请与商户商定后改用其他方式，或在登记时就分成几笔真实的交易。",
        "lines",
    )


@rule(
    "DEC-015",
    title="币制能折算成美元",
    basis="gacc-2014-54#cap",
    since=MODE_DAY,
    severity=Severity.ERROR,
    scope="order",
    parameters=(CAP,),
)
def currency_has_a_rate(case: OrderCase, law: LawOf) -> Finding | None:
    """上限以美元计，其他币制要有折算率才能核对。"""
    currency = case.order.currency
    if cap_cents(law, currency, case.usd_rates) is not None:
        return None
    return case.says(
        f"交易单 {case.order.number} 以 {currency} 计价，没有 {currency} 折美元的汇率，无法核对单票上限。",
        f"请在 usd_rates 里给出 1 {currency} 合多少美元，或改用 USD 计价。",
        "currency",
    )
