"""The demo year as one stream: batches of orders, what was packed of them, how it was declared, what is planted among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from youju.trade.declarations.demo.histories import Numbers
from youju.trade.declarations.demo.making import file
from youju.trade.declarations.demo.planting import planted
from youju.trade.declarations.demo.records import Filing
from youju.trade.orders.demo.making import Serial, batches
from youju.trade.orders.demo.partners import Partners
from youju.trade.orders.demo.planning import YearPlan
from youju.trade.packing.demo.making import Series, ship


@dataclass(slots=True)
class Counters:
    """The last numbers given; what is planted has numbers of its own."""

    orders: Serial = field(default_factory=Serial)
    packing: Series = field(default_factory=Series)
    declarations: Numbers = field(default_factory=Numbers)


def year(
    plan: YearPlan, partners: Partners | None = None, counters: Counters | None = None
) -> Iterator[Filing]:
    """Everything, a packing at a time, in the order of the days; then what is planted. The same plan gives the same stream."""
    partners = partners or Partners(plan.parties)
    counters = counters or Counters()
    for batch in batches(plan, partners, counters.orders):
        yield file(plan, ship(plan, batch, counters.packing), partners, counters.declarations)
    yield from planted(plan, partners)
