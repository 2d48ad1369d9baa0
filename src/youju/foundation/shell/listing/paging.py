"""One page of rows, cheap at a hundred thousand: the count of a large query is kept for a short while."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from youju.foundation.shell.listing.ordering import Rows

LARGE = 10_000  # rows from which on counting costs more than it tells
KEPT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Window:
    """A page: its number from 1, its rows, and where they stand among all."""

    number: int
    pages: int
    size: int
    total: int
    rows: tuple[Any, ...]

    @property
    def first(self) -> int:
        """The place of the first row shown, from 1; 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The place of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def numbers(self) -> list[int | None]:
        """The page numbers to offer: the ends, the neighbours, ``None`` for a gap."""
        near = {1, self.pages, *range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)}
        offered: list[int | None] = []
        for number in sorted(near):
            if offered and isinstance(offered[-1], int) and number - offered[-1] > 1:
                offered.append(None)
            offered.append(number)
        return offered


def count_of(rows: Rows) -> int:
    """How many rows; exact, but for a query of more than ``LARGE`` rows the figure may be a minute old."""
    if not isinstance(rows, QuerySet):
        return len(rows)
    try:
        sql, params = rows.order_by().query.sql_with_params()
    except EmptyResultSet:
        return 0
    key = "listing-count-" + hashlib.sha256(repr((rows.db, sql, params)).encode()).hexdigest()
    kept: int | None = cache.get(key)
    if kept is not None:
        return kept
    total: int = rows.order_by().count()
    if total >= LARGE:
        cache.set(key, total, KEPT_SECONDS)
    return total


def window(rows: Rows, *, page: int, size: int) -> Window:
    """The page asked for, or the nearest that exists. Reads ``size`` rows and no more."""
    total = count_of(rows)
    pages = max(1, -(-total // size))
    number = max(1, min(page, pages))
    start = (number - 1) * size
    return Window(number, pages, size, total, tuple(rows[start : start + size]) if total else ())
