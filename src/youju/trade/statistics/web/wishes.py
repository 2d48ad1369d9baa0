"""What an address of the statistics asks for, and addresses that ask for something else beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from youju.analytics.cuts import SHAPES, Dimension
from youju.analytics.periods import Period
from youju.trade.statistics import selectors
from youju.trade.statistics.selectors import Asked

NAMES = tuple(dimension.value for dimension in SHAPES)
"""The filters, by their names in addresses."""
PERIOD = ("period", "since", "until")


@dataclass(frozen=True, slots=True)
class Wish:
    """The period and the filters of an address, and what they ask."""

    asked: Asked
    query: Mapping[str, str]

    def query_with(self, **changes: str | None) -> str:
        """The query with changes; ``None`` or empty takes a word out."""
        words = QueryDict(mutable=True)
        for name, value in {**self.query, **changes}.items():
            if value:
                words[name] = value
        return words.urlencode()

    def address(self, name: str, *arguments: str, **changes: str | None) -> str:
        """A page of the room under the same question, with changes."""
        url, query = reverse(f"statistics:{name}", args=arguments), self.query_with(**changes)
        return f"{url}?{query}" if query else url

    def rows(self, **changes: str | None) -> str:
        """The page of the rows behind."""
        return self.address("lines", **changes)


def wish_of(request: HttpRequest) -> Wish:
    """Read the address.

    Raises:
        InputError: a period or filter that cannot be read (422).
    """
    get = request.GET
    filters = {name: get.get(name, "").replace("\0", "")[:400] for name in NAMES}
    times = {name: get.get(name, "").replace("\0", "").strip()[:20] for name in PERIOD}
    found = selectors.asked(filters=filters, **times)
    query = {"period": str(found.period), **{name: text for name, text in filters.items() if text}}
    return Wish(found, query)


def quick_periods(wish: Wish) -> list[tuple[str, str, bool]]:
    """Periods one click away: label, query, whether it is the one shown."""
    now = wish.asked.period
    last = Period.month(now.months[-1])
    year = Period.year(now.start.year)
    offered = [
        (f"{year.start.year}年", year),
        (f"{year.start.year - 1}年", Period.year(year.start.year - 1)),
        *((f"{quarter}季度", Period.parse(f"{year.start.year}Q{quarter}")) for quarter in range(1, 5)),
        (last.label, last),
        (last.before().label, last.before()),
    ]
    seen: dict[Period, str] = {}
    for label, period in offered:
        seen.setdefault(period, label)
    return [(label, wish.query_with(period=str(period)), period == now) for period, label in seen.items()]


def chips(
    wish: Wish, filters: tuple[tuple[Dimension, str, str], ...], titles: Mapping[Dimension, str]
) -> list[tuple[str, str, str]]:
    """The filters in force: what, its words, the query without it."""
    return [
        (titles[dimension], words, wish.query_with(**{dimension.value: None}))
        for dimension, _, words in filters
    ]
