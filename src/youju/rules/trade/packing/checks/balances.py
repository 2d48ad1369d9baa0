"""What may be consolidated and packed, and how much of it."""

from __future__ import annotations

from collections.abc import Iterator

from youju.rules.findings import Finding, Severity
from youju.rules.registry import rule
from youju.rules.trade.orders.checks.terms import HOUSE_DAY, LawOf
from youju.rules.trade.packing.amounts import NAMES
from youju.rules.trade.packing.facts import PackingFacts, says


@rule(
    "PAC-011",
    title="只组已确认的交易",
    basis="house-packing#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
)
def orders_are_confirmed(facts: PackingFacts, _law: LawOf) -> Iterator[Finding]:
    """只有买卖双方、代理都已确认的交易单才能组货。"""
    for order in dict.fromkeys(part.order for part in facts.parts if not part.confirmed):
        yield says(f"交易单 {order} 还没有确认，或者不是销售。", "请各方先确认这张交易单，再组货。", "order")


@rule(
    "PAC-012",
    title="一张组货单一个运抵国",
    basis="house-packing#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
)
def one_country(facts: PackingFacts, _law: LawOf) -> Iterator[Finding]:
    """组货单、装箱单里的货物应运往同一个国家（地区）。"""
    if not facts.country:
        return
    others = {part.order: part.country for part in facts.parts if part.country != facts.country}
    for order, country in others.items():
        yield says(
            f"交易单 {order} 运往 {country}，这一单运往 {facts.country}。", "运往别国的另开一单。", "country"
        )


@rule(
    "PAC-013",
    title="一张组货单一个币种",
    basis="house-packing#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
)
def one_currency(facts: PackingFacts, _law: LawOf) -> Iterator[Finding]:
    """一张组货单里的交易应是同一个币种。"""
    if not facts.currency:
        return
    others = {part.order: part.currency for part in facts.parts if part.currency != facts.currency}
    for order, currency in others.items():
        yield says(
            f"交易单 {order} 的币种是 {currency}，这张组货单是 {facts.currency}。",
            "不同币种的另开一张组货单。",
            "currency",
        )


@rule(
    "PAC-014",
    title="交易的代理就是组货的代理",
    basis="house-packing#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
)
def one_agent(facts: PackingFacts, _law: LawOf) -> Iterator[Finding]:
    """交易单写明的外贸代理应与组货单、装箱单的代理相同。"""
    if facts.agent is None:
        return
    others = (part.order for part in facts.parts if part.agent not in (None, facts.agent))
    for order in dict.fromkeys(others):
        yield says(f"交易单 {order} 由另一家代理出口。", "请那家代理组货，或者更正交易单的代理。", "agent")


@rule(
    "PAC-021",
    title="不超过剩余",
    basis="house-packing#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
)
def never_more_than_is_left(facts: PackingFacts, _law: LawOf) -> Iterator[Finding]:
    """组货、装箱的数量、件数、重量、体积和总价都不应超过剩余。"""
    for part in facts.parts:
        beyond = part.wanted.beyond(part.left)
        if beyond:
            told = "、".join(
                f"{NAMES[name]} {getattr(part.wanted, name)}（只剩 {getattr(part.left, name)}）"
                for name in beyond
            )
            yield says(
                f"{part.place}不够：要{told}。",
                "刷新页面看看剩余；可能已被别人组走、装走，或者办了退货。",
                beyond[0],
                part.line_no,
            )


@rule(
    "PAC-022",
    title="数量大于零",
    basis="house-packing#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
)
def something_is_taken(facts: PackingFacts, _law: LawOf) -> Iterator[Finding]:
    """组货、装箱的数量应大于零，件数不为负。"""
    for part in facts.parts:
        if part.wanted.quantity <= 0 or part.wanted.packages < 0:
            yield says(
                f"{part.place}的数量 {part.wanted.quantity}、件数 {part.wanted.packages} 不对。",
                "数量应大于零，件数不为负；不要的行不填。",
                "quantity",
                part.line_no,
            )


@rule(
    "PAC-023",
    title="净重不大于毛重",
    basis="house-packing#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
)
def net_is_within_gross(facts: PackingFacts, _law: LawOf) -> Iterator[Finding]:
    """一部分货物的净重不应大于毛重。"""
    for part in facts.parts:
        if part.wanted.net_weight > part.wanted.gross_weight:
            yield says(
                f"{part.place}净重 {part.wanted.net_weight} 千克，毛重 {part.wanted.gross_weight} 千克。",
                "核对交易单和退货的重量，可能写反了。",
                "gross_weight",
                part.line_no,
            )


@rule(
    "PAC-024",
    title="组货完成以后才装箱",
    basis="house-packing#checks",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
)
def the_consolidation_is_closed(facts: PackingFacts, _law: LawOf) -> Iterator[Finding]:
    """组货完成以后才能装箱，装的时候货就不再变。"""
    for number in dict.fromkeys(part.consolidation for part in facts.parts if part.closed is False):
        yield says(f"组货单 {number} 还没有完成组货。", "请先办“组货完成”，再装箱。", "consolidation")
