"""Statements that come again with every request: prepared once for each connection, several deeds in one round trip.

A room gives its part of a deed as a :class:`Part`: a call of a function of its own in the database. Parts of several rooms go
in one statement without one room naming another's tables. :func:`later` lets a part wait for the next statement of
the transaction, whichever that is, at the latest for the commit: nobody can read past it, and a rollback forgets it. Where
nothing but reading came before, what waits for the commit is one statement and as such the whole transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.db import connection

if TYPE_CHECKING:
    from youju.foundation.database.backend.base import DatabaseWrapper


@dataclass(frozen=True, slots=True)
class Part:
    """One call of a database function that gives one value.

    Args:
        call: SQL such as ``audit_append(%s, %s::int)``; the same text every time, or it is no use to prepare it.
        values: for the placeholders, as text or None; what they are is said in ``call``.
        then: gets the value when the call is done; may raise.
        reads: it writes nothing and holds no lock, so it may run before the transaction begins in the database. Each statement
            sees what was committed before it either way.
    """

    call: str
    values: Sequence[str | None]
    then: Callable[[Any], None] | None = None
    reads: bool = False


def as_array(values: Iterable[str | None]) -> str:
    """A list as the text of an array, for a placeholder such as ``%s::text[]``: a driver's list costs several times as much."""
    return "{" + ",".join(["NULL" if value is None else _quoted(value) for value in values]) + "}"


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def ask(part: Part) -> Any:
    """The value of a part, in one round trip with whatever waits for it; those come first."""
    return _ours().ask(part)


def later(part: Part) -> None:
    """Let a part wait for the next statement of the running transaction; without one it is done at once."""
    _ours().later(part)


def send() -> None:
    """Do now what waits."""
    _ours().send()


def first_rows(sql: str, values: Sequence[str | None]) -> list[tuple[Any, ...]]:
    """The rows of a prepared statement that begins a request, before it is known who asks.

    It takes the place of Django's question whether the connection is still alive: where it is not, a new one is opened and
    the statement sent again. It must be harmless twice, and may touch no table that row-level security guards: the
    database still knows the reach of the request before.
    """
    return _ours().first_rows(sql, values)


def _ours() -> DatabaseWrapper:
    return cast("DatabaseWrapper", connection)
