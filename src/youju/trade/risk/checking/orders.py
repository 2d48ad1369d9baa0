"""An order before it is registered: prices beside their peers, weights, brands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from youju.analytics.risk.peers import KG, PRICE, Peers
from youju.foundation.policies import law_on
from youju.rules.findings import Finding, Severity
from youju.rules.law import Law, names, table
from youju.rules.trade.orders.facts import OrderFacts, OrderLineFacts
from youju.rules.trade.orders.kinds import OrderKind
from youju.rules.trade.risk.facts import BrandCase, PriceCase, WeightCase
from youju.rules.trade.risk.judging import Case, judge
from youju.trade.goods.selectors.tradable import brands_of
from youju.trade.orders.facts import Known
from youju.trade.risk.checking.cached import newest_peers

_KG_UNIT = "千克"


def findings(found: Sequence[Known]) -> list[list[Finding]]:
    """What the rules that the policy names say of each wish. A query only where a brand is named or the peers are old."""
    peers = newest_peers()
    return [list(_said(each, peers)) if each.facts.kind is OrderKind.SALE else [] for each in found]


def _said(known: Known, peers: Mapping[tuple[str, str, str], Peers]) -> Iterator[Finding]:
    facts, law = known.facts, law_on(known.wish.ordered_on)
    wanted = table(law, "trade.risk.at_registration")
    branded = {
        line.line_no: known.goods[line.good_number].brand
        for line in facts.lines
        if line.good_number in known.goods
    }
    for line in facts.lines:
        for rule, case in _cases(facts, line, branded.get(line.line_no, ""), peers, law):
            severity = wanted.get(rule)
            finding = judge(rule, case, law, facts.ordered_on) if severity else None
            if finding is not None:
                place = {"line": line.line_no, "field": finding.at.get("field") or ""}
                yield replace(finding, at=place, severity=Severity(str(severity)))


def _cases(
    facts: OrderFacts, line: OrderLineFacts, brand: str, peers: Mapping[tuple[str, str, str], Peers], law: Law
) -> Iterator[tuple[str, Case]]:
    good = line.good
    if good is None:
        return
    net, gross = float(line.net_weight), float(line.gross_weight)
    yield "RSK-018", WeightCase(good.name, net, gross, float(line.volume))
    if facts.rate is not None and facts.usd_rate:
        usd = float(line.amount if facts.currency == "USD" else line.amount * facts.rate / facts.usd_rate)
        for rule, basis, unit, size in (
            ("RSK-001", PRICE, line.unit, float(line.quantity)),
            ("RSK-013", KG, _KG_UNIT, net),
        ):
            known = peers.get((basis, good.hs_code[:6], unit))
            if known is not None and size > 0 and usd > 0:
                yield (
                    rule,
                    PriceCase(
                        good.name, known.hs6, unit, usd / size, usd, known.peers, known.median, known.spread
                    ),
                )
    words = f"{good.name} {brand}".upper()
    if any(each in words for each in _capitals(names(law, "trade.goods.watched_brands"))):
        kind, until = brands_of([good.id]).get(good.id, ("none", None))
        yield "RSK-011", BrandCase(good.name, "", brand, kind, facts.ordered_on, until)


@lru_cache(maxsize=8)
def _capitals(words: tuple[str, ...]) -> tuple[str, ...]:
    """In capitals: asked for each line of each order."""
    return tuple(each.upper() for each in words)
