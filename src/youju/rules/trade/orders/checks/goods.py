"""What is sold: the merchant's own, recognised goods."""

from __future__ import annotations

from decimal import Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.law import decimal
from youju.rules.registry import rule
from youju.rules.trade.orders.checks.terms import HOUSE_DAY, LawOf
from youju.rules.trade.orders.facts import LineCase

RECOGNISED = frozenset({"recognised", "explained"})
_STATES = {
    "draft": "还没有认定",
    "refused": "认定未通过",
    "outdated": "的认定已经失效，待重新认定",
    "withdrawn": "已撤下",
}


@rule(
    "ORD-011",
    title="商品须已认定",
    basis="gacc-2019-221#scope",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="line",
)
def goods_are_recognised(case: LineCase, _law: LawOf) -> Finding | None:
    """交易的商品应已由市场采购商品认定体系确认。"""
    good = case.line.good
    if good is None:
        return case.says(
            f"没有编号为“{case.line.good_number}”的商品。",
            "核对商品编号；没有登记过的请先在商品目录里登记。",
            "good",
        )
    if good.state in RECOGNISED:
        return None
    return case.says(
        f"商品“{good.name}”（{good.number}）{_STATES.get(good.state, '还不能交易')}。",
        "请先办理商品认定，认定通过后再登记交易。",
        "good",
    )


@rule(
    "ORD-012",
    title="商品须是卖方自己的",
    basis="house-orders#parties",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="line",
)
def goods_are_the_merchants_own(case: LineCase, _law: LawOf) -> Finding | None:
    """交易单上的商品应来自卖方自己的商品目录，这样每件货才能追到摊位。"""
    good, merchant = case.line.good, case.order.merchant
    if good is None or merchant is None or good.party == merchant.id:
        return None
    return case.says(
        f"商品“{good.name}”（{good.number}）不在“{merchant.name}”的商品目录里。",
        "改选卖方目录里的商品；多个经营户的货请分开登记交易单。",
        "good",
    )


@rule(
    "ORD-013",
    title="成交单位与商品目录一致",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="line",
)
def the_unit_is_the_catalogues(case: LineCase, _law: LawOf) -> Finding | None:
    """成交单位应与商品目录登记的单位一致。"""
    good = case.line.good
    if good is None or good.unit == case.line.unit:
        return None
    return case.says(
        f"成交单位写的是“{case.line.unit}”，商品目录里是“{good.unit}”。",
        f"按“{good.unit}”换算数量和单价；单位确实变了的，请先修改商品目录。",
        "unit",
    )


@rule(
    "ORD-014",
    title="单价偏离常用单价",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="line",
    parameters=("trade.orders.price_ratio",),
)
def the_price_is_the_usual_one(case: LineCase, law: LawOf) -> Finding | None:
    """单价与本户同一商品最近的成交单价相差过大时应说明原因。"""
    good = case.line.good
    if good is None or not good.usual_price or case.line.price <= 0:
        return None
    ratio = decimal(law, "trade.orders.price_ratio")
    times = case.line.price / good.usual_price
    if 1 / ratio <= times <= ratio:
        return None
    return case.says(
        f"“{good.name}”单价 {case.line.price}，最近成交单价的中位数是 {good.usual_price.quantize(Decimal('0.0001'))}，"
        f"相差 {times.quantize(Decimal('0.01'))} 倍。",
        "核对单价和单位；价格确实这样的，请说明原因（换了材质、清仓、套装等）。",
        "price",
    )
