"""A total, declared order: only declared columns sort, and equal values fall back on the tie."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, QuerySet

from youju.foundation.shell.listing.columns import Column
from youju.foundation.shell.listing.listing import Listing

Rows = QuerySet[Any] | Sequence[Any]


def chosen_order(listing: Listing, wish: str) -> str:
    """The wish when it names a declared sortable column, else the listing's own order."""
    return wish if wish and listing.is_order(wish) else listing.order


def ordered(listing: Listing, rows: Rows, order: str) -> Rows:
    """The rows in that order, blanks last either way; a query stays a query, a list becomes a sorted list."""
    column = listing.column(order.removeprefix("-")) if order else None
    down = order.startswith("-")
    if isinstance(rows, QuerySet):
        return _ordered_query(listing, rows, column, down)
    if column is None:
        return rows
    filled = [row for row in rows if column.read(row) not in (None, "")]
    blank = [row for row in rows if column.read(row) in (None, "")]
    return sorted(filled, key=lambda row: _sort_key(column, row), reverse=down) + blank


def _ordered_query(listing: Listing, rows: QuerySet[Any], column: Column | None, down: bool) -> QuerySet[Any]:
    if column is None:
        return rows if rows.ordered else rows.order_by(*listing.tie)
    fields = []
    for name in column.sort_fields:
        # NULLS LAST where there can be no NULL would keep PostgreSQL from walking an index: a million rows sorted for a page.
        last = True if _may_be_null(rows, name) else None
        fields.append(F(name).desc(nulls_last=last) if down else F(name).asc(nulls_last=last))
    ties = [name for name in listing.tie if name.removeprefix("-") not in column.sort_fields]
    return rows.order_by(*fields, *ties)


def _may_be_null(rows: QuerySet[Any], name: str) -> bool:
    """Whether an order by the name meets NULLs: anything but a field of the table itself may."""
    try:
        return bool(getattr(rows.model._meta.get_field(name), "null", True))
    except FieldDoesNotExist:
        return True


def _sort_key(column: Column, row: Any) -> tuple[int, Any]:
    value = column.read(row)
    if column.numeric:
        try:
            return (0, Decimal(str(value)))
        except InvalidOperation:
            return (1, str(value))
    return (0, value) if not isinstance(value, str) else (1, value)
