"""Who deals with whom: all on file, and the agent entrusted."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.registry import rule
from youju.rules.trade.orders.checks.terms import HOUSE_DAY, LawOf
from youju.rules.trade.orders.facts import OrderFacts, PartyFacts, about_order


def _standing(
    party: PartyFacts | None, roles: frozenset[str], what: str, field: str, named: bool = True
) -> Finding | None:
    if party is None:
        if not named:
            return None
        return about_order(f"没有找到这个{what}。", f"核对{what}的备案号；尚未备案的请先办理备案。", field)
    if party.why_not:
        return about_order(f"{what}{party.why_not}", f"请先办好{what}的备案，再登记交易。", field)
    if not roles & party.roles:
        return about_order(
            f"“{party.name}”没有备案为{what}。", f"换一个备案为{what}的主体，或先为它增加主体类型。", field
        )
    return None


@rule(
    "ORD-001",
    title="卖方须是有效备案的经营户",
    basis="gacc-2019-221#scope",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="order",
)
def the_merchant_is_on_file(order: OrderFacts, _law: LawOf) -> Finding | None:
    """卖方应是在交易之日有效备案的市场经营户或生产企业。"""
    return _standing(order.merchant, frozenset({"merchant", "manufacturer"}), "市场经营户", "merchant")


@rule(
    "ORD-002",
    title="代理须有效备案",
    basis="gacc-2019-221#scope",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="order",
)
def the_agent_is_on_file(order: OrderFacts, _law: LawOf) -> Finding | None:
    """由代理办理的交易，代理应是在交易之日有效备案的外贸代理。"""
    return _standing(order.agent, frozenset({"agent"}), "外贸代理", "agent", order.agent_named)


@rule(
    "ORD-003",
    title="代理须持有效的代理协议",
    basis="house-orders#parties",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="order",
)
def the_agent_is_entrusted(order: OrderFacts, _law: LawOf) -> Finding | None:
    """由代理办理的交易，经营户与代理之间应有在交易之日有效的代理协议。"""
    if order.agent is None or order.merchant is None or order.agreement:
        return None
    return about_order(
        f"“{order.merchant.name}”与“{order.agent.name}”在 {order.ordered_on} 没有有效的代理协议。",
        "请双方先签署委托代理出口货物协议，或改选已签协议的代理。",
        "agent",
    )


@rule(
    "ORD-004",
    title="采购商须有效备案",
    basis="gacc-2019-221#scope",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="order",
)
def the_buyer_is_on_file(order: OrderFacts, _law: LawOf) -> Finding | None:
    """买方应是在交易之日有效备案的境外采购商。"""
    return _standing(order.buyer, frozenset({"buyer"}), "境外采购商", "buyer")


@rule(
    "ORD-005",
    title="运抵国与采购商国别不同",
    basis="house-orders#checks",
    since=HOUSE_DAY,
    severity=Severity.HINT,
    scope="order",
)
def the_goods_go_where_the_buyer_is(order: OrderFacts, _law: LawOf) -> Finding | None:
    """运抵国（地区）通常就是采购商的国别，不同时请核对。"""
    if order.buyer is None or order.buyer.country == order.country:
        return None
    return about_order(
        f"运抵国（地区）是 {order.country}，采购商的国别是 {order.buyer.country}。",
        "核对运抵国（地区）；转口到第三地的不用改。",
        "country",
    )
