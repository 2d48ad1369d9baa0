"""A column: where its value comes from, how it is drawn, sorted and exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.foundation.shell.figures import BLANK, grouped

Reader = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a listing.

    Args:
        key: its name in the address (``sort=key``) and in exported JSON-like use; ASCII.
        label: its Chinese heading; a unit belongs here, e.g. ``预算数（万元）``.
        value: attribute path (``"project.code"``), or a function of the row; the key when empty.
        sort: database fields to order a query by (``"code"``, ``("year", "code")``); for rows in a list any
            non-empty word makes the column sortable by its value. Empty: not sortable.
        numeric: right-aligned, tabular figures, thousands apart; numbers in xlsx.
        href: address that the value opens, or nothing.
        draw: a safe HTML cell from the row, in place of the plain value (exports keep the plain value).
        export: whether the column stands in exports.
        page: whether the column stands on the page; one that does not is for exports alone.
        narrow: at 390 px: ``"show"``, ``"title"`` (heads the card) or ``"hide"``.
    """

    key: str
    label: str
    value: str | Reader = ""
    sort: str | tuple[str, ...] = ()
    numeric: bool = False
    href: Callable[[Any], str | None] | None = None
    draw: Callable[[Any], SafeString] | None = None
    export: bool = True
    page: bool = True
    narrow: str = "show"

    @property
    def sort_fields(self) -> tuple[str, ...]:
        """The database fields to order by; empty when the column cannot be sorted."""
        return (self.sort,) if isinstance(self.sort, str) and self.sort else tuple(self.sort)

    def read(self, row: Any) -> object:
        """The plain value of the row."""
        if callable(self.value):
            return self.value(row)
        return _follow(row, self.value or self.key)

    def text(self, row: Any) -> str | SafeString:
        """The value as a page shows it."""
        if self.draw is not None:
            return self.draw(row)
        value = self.read(row)
        told = as_text(value, numeric=self.numeric)
        # A day broken after its month is read as two numbers.
        return format_html('<span class="nowrap">{}</span>', told) if isinstance(value, date) else told

    def link(self, row: Any) -> str | None:
        """The address that the cell opens."""
        return self.href(row) if self.href else None


def _follow(row: Any, path: str) -> object:
    found: Any = row
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else getattr(found, name, None)
        if found is None:
            return None
    return found


def as_text(value: object, *, numeric: bool = False) -> str | SafeString:
    """A value in words: a blank is a dash, yes or no, dates by the local clock, numbers with thousands apart."""
    if isinstance(value, SafeString):
        return value or BLANK
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return _day(value)
    if numeric or isinstance(value, Decimal):
        return grouped(value)
    if isinstance(value, (list, tuple)):
        value = "、".join(str(part) for part in value)
    return BLANK if value is None or value == "" else str(value)


def _day(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%Y-%m-%d %H:%M")
