"""Ids and numbers of orders. Pairs lie ready for each connection, so that they come along with what is looked up.

A pair that was not used, because the rules refused the order, is for the next order of the connection: refusals leave
no holes in the numbers. It goes with the connection, never into another database.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

from youju.foundation.database.statements import Part, ask, later

_ready: WeakKeyDictionary[Any, deque[tuple[int, int]]] = WeakKeyDictionary()


def ready(count: int = 1) -> None:
    """Let pairs come along with the next statement, where fewer than so many lie ready."""
    missing = count - _lying()
    if missing > 0:
        later(_part(missing))


def taken(day: date) -> tuple[int, str]:
    """The id and the number of a new order of the day; nobody else gets them."""
    return taken_many([day])[0]


def taken_many(days: Sequence[date]) -> list[tuple[int, str]]:
    """The same for many new orders, in the order of the days; at most one round trip."""
    missing = len(days) - _lying()
    if missing > 0:
        ask(_part(missing))
    pairs = [_ready[connection.connection].popleft() for _ in days]
    return [(key, number_of(day, serial)) for day, (key, serial) in zip(days, pairs, strict=True)]


def _lying() -> int:
    return len(_ready.get(connection.connection, ())) if connection.connection is not None else 0


def number_of(day: date, serial: int) -> str:
    """A number as people read it: ``T230601000007``."""
    return f"T{day:%y%m%d}{serial:06d}"


def _part(count: int) -> Part:
    if count == 1:  # as nearly always: no set to be gone through
        return Part("orders_allot()", [], _keep, reads=True)
    return Part("orders_allot(%s::int)", [str(count)], _keep, reads=True)


def _keep(told: str) -> None:
    numbers = [int(each) for each in told.split()]
    lying = _ready.setdefault(connection.connection, deque())
    lying.extend(zip(numbers[::2], numbers[1::2], strict=True))
