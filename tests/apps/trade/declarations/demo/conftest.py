"""A small year of trade among the demo's parties, made once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trade_made_demo import TODAY, WHOLE
from youju.trade.declarations.demo.records import Filing
from youju.trade.declarations.demo.year import Counters, year
from youju.trade.orders.demo.partners import Partners
from youju.trade.orders.demo.planning import YearPlan

PLAN = YearPlan(TODAY, 0.04, among=WHOLE)


@pytest.fixture(scope="session")
def partners() -> Partners:
    """Who may trade."""
    return Partners(WHOLE)


@pytest.fixture(scope="session")
def made(partners: Partners) -> list[Filing]:
    """The small year with what is planted."""
    return list(year(PLAN, partners, Counters()))


@pytest.fixture(scope="session")
def right(made: list[Filing]) -> list[Filing]:
    """What of it is as it should be."""
    return [each for each in made if not each.shipment.batch.plant]


def again(plan: YearPlan = PLAN, **other: object) -> YearPlan:
    """The plan with another argument."""
    return replace(plan, **other)  # type: ignore[arg-type]
