"""Every address of the product with the methods it answers to, and the table of who may use it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import Operation, PathView

from youju.foundation.identity.roles import Role

TABLE = Path(__file__).with_name("permission_table.csv")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
EVERYONE, LOGGED_IN = "*", "logged-in"


@dataclass(frozen=True)
class Address:
    """One address: its full name, its pattern, its view, and the API operations behind it, if it is one."""

    name: str
    pattern: str
    view: Callable[..., Any]
    operations: tuple[Operation, ...]

    @property
    def is_api(self) -> bool:
        """Whether a NinjaAPI mounted it."""
        return bool(self.operations)

    @property
    def arguments(self) -> bool:
        """Whether it names a thing."""
        return "<" in self.pattern or "(?P" in self.pattern


@dataclass(frozen=True)
class Row:
    """One line of the table. ``roles``: the roles let in; ``public``: visitors too."""

    name: str
    method: str
    roles: frozenset[Role]
    public: bool


def addresses() -> list[Address]:
    """Every pattern of the resolver."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, spaces: str, prefix: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
            yield from _walk(entry, inner, pattern)
        elif isinstance(entry, URLPattern):
            name = spaces + entry.name if entry.name else f"(no name) {pattern}"
            yield Address(name, pattern, entry.callback, _operations(entry.callback))


def _operations(view: Callable[..., Any]) -> tuple[Operation, ...]:
    """The operations of a NinjaAPI's view, which keeps its PathView in its closure."""
    for cell in getattr(view, "__closure__", None) or ():
        if isinstance(cell.cell_contents, PathView):
            return tuple(cell.cell_contents.operations)
    return ()


def table() -> list[Row]:
    """The committed table, read and checked for known words."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [_row(line) for line in csv.DictReader(file)]


def _row(line: dict[str, str]) -> Row:
    assert line["method"] in METHODS, line
    if line["roles"] == EVERYONE:
        return Row(line["name"], line["method"], frozenset(Role), public=True)
    codes = line["roles"].split()
    roles = frozenset(Role) if codes == [LOGGED_IN] else frozenset(Role(code) for code in codes)
    return Row(line["name"], line["method"], roles, public=False)
