"""A listing meeting one request: what the template draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString

from youju.foundation.shell.listing.columns import Column
from youju.foundation.shell.listing.listing import Listing
from youju.foundation.shell.listing.ordering import Rows, chosen_order, ordered
from youju.foundation.shell.listing.paging import Window, window

RowSource = Rows | Callable[[Mapping[str, Any]], Rows]
EXPORTS = ("xlsx", "csv")


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading: its label, the address that sorts by it, and how it sorts now."""

    column: Column
    url: str
    direction: str  # ascending, descending or none, as aria-sort says it


@dataclass(frozen=True, slots=True)
class Cell:
    """A drawn cell."""

    column: Column
    text: str | SafeString
    url: str | None


@dataclass(frozen=True)
class Shown:
    """Everything the two listing tags need; the page is read when it is first looked at, so never for an export."""

    listing: Listing
    form: Form | None
    rows: Rows
    page: int
    order: str
    size: int
    query: Mapping[str, str]
    path: str
    may_export: bool

    @cached_property
    def window(self) -> Window:
        """The page asked for."""
        return window(self.rows, page=self.page, size=self.size)

    @property
    def heads(self) -> list[Head]:
        """The headings with their sort links."""
        return [self._head(column) for column in self.listing.columns if column.page]

    @property
    def body(self) -> list[list[Cell]]:
        """The rows of this page, drawn."""
        return [
            [
                Cell(column, column.text(row), column.link(row))
                for column in self.listing.columns
                if column.page
            ]
            for row in self.window.rows
        ]

    @property
    def filters(self) -> list[tuple[str, str]]:
        """The filters in force, in words: ``(label, value)``."""
        return _filters_in_words(self.form)

    @property
    def pages(self) -> list[tuple[int | None, str]]:
        """The page links: number (``None`` for a gap) and address."""
        return [(number, self.url(page=number) if number else "") for number in self.window.numbers]

    @property
    def previous_url(self) -> str:
        """The page before; empty on the first."""
        return self.url(page=self.window.number - 1) if self.window.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after; empty on the last."""
        return self.url(page=self.window.number + 1) if self.window.number < self.window.pages else ""

    @property
    def sizes(self) -> list[tuple[int, str]]:
        """The page sizes on offer with their addresses."""
        return [(size, self.url(size=size, page=None)) for size in self.listing.page_sizes]

    @property
    def exports(self) -> list[tuple[str, str]]:
        """The export links: ``(kind, address)``; empty when there is nothing or no right to export."""
        if not (self.may_export and self.listing.export_name and self.window.total):
            return []
        return [(kind, self.url(page=None, size=None, export=kind)) for kind in self.listing.export_kinds]

    @property
    def clear_url(self) -> str:
        """The address without filters; what the form carries hidden (a year, a unit) stays."""
        seen = [bound.name for bound in self.form.visible_fields()] if self.form else []
        return self.url(**dict.fromkeys(seen), page=None)

    def url(self, **changes: object) -> str:
        """This address with changes; ``None`` takes a word out."""
        query = QueryDict(mutable=True)
        for key, value in {**self.query, **changes}.items():
            if value not in (None, ""):
                query[key] = str(value)
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def _head(self, column: Column) -> Head:
        if not column.sort_fields:
            return Head(column, "", "none")
        now = self.order.removeprefix("-") == column.key
        down = self.order.startswith("-")
        wish = column.key if not now or down else f"-{column.key}"
        return Head(
            column,
            self.url(sort=wish, page=None),
            "none" if not now else "descending" if down else "ascending",
        )


def show(request: HttpRequest, listing: Listing, source: RowSource, *, may_export: bool = True) -> Shown:
    """Read the address and take one page of the rows.

    Args:
        request: its GET says filter, order, page, size.
        listing: the declaration.
        source: a query, a list, or a function from the filter's ``cleaned_data`` to either. With a filter form
            whose words cannot be read the function gets what could, and the form shows the errors.
        may_export: whether this user may take the rows away.
    """
    get = request.GET
    form = listing.filter_form(get) if listing.filter_form else None
    wish: Mapping[str, Any] = {}
    if form is not None:
        form.is_valid()
        wish = {name: form.cleaned_data.get(name) for name in form.fields}
    rows = source(wish) if callable(source) else source
    order = chosen_order(listing, get.get("sort", ""))
    rows = ordered(listing, rows, order)
    size = _number(get.get("size", ""), listing.page_sizes[0])
    size = size if size in listing.page_sizes else listing.page_sizes[0]
    known = {name: get.get(name, "") for name in (form.fields if form else ())}
    query = {
        **known,
        "sort": order if order != listing.order else "",
        "size": str(size) if size != listing.page_sizes[0] else "",
    }
    page = _number(get.get("page", ""), 1)
    return Shown(listing, form, rows, page, order, size, query, request.path, may_export)


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else default


def _filters_in_words(form: Form | None) -> list[tuple[str, str]]:
    if form is None or not form.is_bound:
        return []
    words: list[tuple[str, str]] = []
    for bound in form.visible_fields():
        name, field = bound.name, bound.field
        value = form.cleaned_data.get(name)
        if value is None or value is False or value == "":
            continue
        choices = dict(getattr(field, "choices", ()) or ())
        words.append((str(bound.label), str(choices.get(cast(Any, value), value))))
    return words
