"""Where PostgreSQL has each analytic table: a SELECT over a view of the room that owns the records."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings

from youju.analytics.tables import AnalyticTable, analytic_tables

_VIEWS: dict[str, str] = {}


def register_source(table: AnalyticTable, view: str) -> None:
    """Say which view of PostgreSQL holds a table's rows: all its columns by name, but ``pilot``, which is this installation's."""
    if table.name in _VIEWS:
        raise ValueError(f"the analytic table {table.name} has a source already")
    _VIEWS[table.name] = view


def views() -> Mapping[str, str]:
    """Table → view."""
    return MappingProxyType(_VIEWS)


def select_of(name: str) -> str:
    """The SELECT that gives a table's rows, in its order of columns."""
    columns = ", ".join(
        f"'{settings.PILOT}'::text AS pilot" if column.name == "pilot" else f'"{column.name}"'
        for column in analytic_tables()[name].columns
    )
    return f"SELECT {columns} FROM {_VIEWS[name]}"  # noqa: S608 - names of ours


def selects() -> dict[str, str]:
    """Table → SELECT, for every table that has a view."""
    return {name: select_of(name) for name in _VIEWS}
