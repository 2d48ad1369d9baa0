"""Ids and numbers of orders. One pair lies ready for each connection, so that it comes along with what is looked up.

A pair that was not used, because the rules refused the order, is for the next order of the connection: refusals leave
no holes in the numbers. It goes with the connection, never into another database.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

from youju.foundation.database.statements import Part, ask, later

_ready: WeakKeyDictionary[Any, tuple[int, int]] = WeakKeyDictionary()


def ready() -> None:
    """Let a pair come along with the next statement, where none lies ready."""
    if connection.connection is None or connection.connection not in _ready:
        later(_part())


def taken(day: date) -> tuple[int, str]:
    """The id and the number of a new order of the day; nobody else gets them."""
    pair = _ready.pop(connection.connection, None)
    if pair is None:
        ask(_part())
        pair = _ready.pop(connection.connection)
    return pair[0], number_of(day, pair[1])


def taken_many(days: Sequence[date]) -> list[tuple[int, str]]:
    """The same for many new orders, in the order of the days; one round trip."""
    told = str(ask(Part("orders_allot(%s::int)", [str(len(days))], reads=True)) or "").split()
    pairs = zip(told[::2], told[1::2], strict=True)
    return [(int(key), number_of(day, int(serial))) for day, (key, serial) in zip(days, pairs, strict=True)]


def number_of(day: date, serial: int) -> str:
    """A number as people read it: ``T230601000007``."""
    return f"T{day:%y%m%d}{serial:06d}"


def _part() -> Part:
    return Part("orders_allot()", [], _keep, reads=True)


def _keep(told: str) -> None:
    key, serial = told.split()
    _ready[connection.connection] = (int(key), int(serial))
