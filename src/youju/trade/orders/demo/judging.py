"""What the rules of orders say of the demo year's orders, without a database."""

from __future__ import annotations

from decimal import Decimal

from youju.foundation.policies import law_on
from youju.rules.findings import Severity
from youju.rules.trade.orders.facts import GoodFacts, OrderFacts, OrderLineFacts, PartyFacts
from youju.rules.trade.orders.judging import Judgement, judge
from youju.rules.trade.orders.kinds import OrderKind
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.goods.demo.making import sold
from youju.trade.orders.demo.lines import usual_price
from youju.trade.orders.demo.partners import Partners
from youju.trade.orders.demo.rates import rate_of
from youju.trade.orders.demo.records import MadeFinding, MadeLine, MadeOrder


def judged(order: MadeOrder, partners: Partners, twin: str = "") -> Judgement:
    """All findings on one order. ``twin``: the number of one like it."""
    day = order.ordered_on
    agent = None if order.agent is None else _party(partners, PartyRole.AGENT, order.agent, order)
    facts = OrderFacts(
        kind=OrderKind.SALE,
        ordered_on=day,
        registered_on=order.registered_at.date(),
        currency=order.currency,
        country=order.country,
        merchant=_party(partners, PartyRole.MERCHANT, order.merchant, order),
        agent=agent,
        agent_named=agent is not None,
        agreement=order.agent is None or partners.entrusts(order.merchant, order.agent, day),
        buyer=_party(partners, PartyRole.BUYER, order.buyer, order),
        rate=order.rate,
        usd_rate=rate_of("USD", day),
        lines=[_line(partners, order, line) for line in order.lines],
        twin=twin,
    )
    return judge(facts, law_on(day))


def explained(order: MadeOrder, partners: Partners, why: str, twin: str = "") -> tuple[MadeFinding, ...]:
    """The soft findings of an order with an explanation that somebody gave."""
    found = []
    for each in judged(order, partners, twin).findings:
        if each.severity is Severity.WARNING:
            line = each.at.get("line")
            found.append(
                MadeFinding(
                    each.rule, each.severity.value, line if isinstance(line, int) else None, str(each.at.get("field") or ""),
                    each.message, each.suggestion, why,
                )
            )  # fmt: skip
    return tuple(found)


def _party(partners: Partners, role: PartyRole, ordinal: int, order: MadeOrder) -> PartyFacts:
    found = partners.one(role, ordinal)
    why = "" if found.may_on(order.ordered_on) else f"{found.name}不在有效期内"
    return PartyFacts(ordinal, found.number, found.name, frozenset({role.value}), found.country, why)


def _line(partners: Partners, order: MadeOrder, line: MadeLine) -> OrderLineFacts:
    good = partners.good(line.good, order.merchant)
    usual: Decimal = usual_price(good) / order.rate
    facts = GoodFacts(
        line.good, good.values["number"], good.owner, "recognised" if sold(good) else "refused", line.name,
        line.hs_code, good.values["unit"], usual,
    )  # fmt: skip
    return OrderLineFacts(
        line.line_no, good.values["number"], facts, line.quantity, line.unit, line.price, line.amount, line.packages,
        line.net_weight, line.gross_weight, line.volume,
    )  # fmt: skip
