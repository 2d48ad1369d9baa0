"""What a listing is, before any request."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.forms import Form

from youju.foundation.shell.listing.columns import Column


@dataclass(frozen=True, slots=True)
class Listing:
    """The declaration of a table.

    Args:
        name: id of the region on the page (``listing-<name>``); ASCII.
        title: what the rows are, e.g. ``项目``; used in counts, captions and exports.
        columns: the columns in order.
        order: the order at first sight, a column key or ``-key``.
        tie: database fields that make every order total; the primary key by default.
        filter_form: a form class read from the address; its ``cleaned_data`` goes to the rows function.
        export_name: file name of exports, without ending; empty: nothing to export.
        parquet: whether Parquet is offered beside Excel and CSV.
        page_sizes: the sizes on offer, the first is the default.
        empty: sentence when there are no rows at all (without filter).
        next_step: what to do then: ``(label, address)``.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    order: str = ""
    tie: tuple[str, ...] = ("pk",)
    filter_form: type[Form] | None = None
    export_name: str = ""
    parquet: bool = False
    page_sizes: tuple[int, ...] = field(default=(25, 50, 100, 200))
    empty: str = "这里还没有记录。"
    next_step: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if len(set(keys)) != len(keys):
            raise ValueError(f"列表 {self.name} 有重复的列名")
        if self.order and not self.is_order(self.order):
            raise ValueError(f"列表 {self.name} 的默认次序 {self.order} 不是可排序的列")

    def column(self, key: str) -> Column | None:
        """A declared column by key."""
        return next((column for column in self.columns if column.key == key), None)

    def is_order(self, wish: str) -> bool:
        """Whether ``key`` or ``-key`` names a declared column that can be sorted."""
        column = self.column(wish.removeprefix("-"))
        return column is not None and bool(column.sort_fields)

    @property
    def export_kinds(self) -> tuple[str, ...]:
        """The kinds of files on offer."""
        if not self.export_name:
            return ()
        return ("xlsx", "csv", "parquet") if self.parquet else ("xlsx", "csv")

    @property
    def region(self) -> str:
        """The id of the region that htmx swaps."""
        return f"listing-{self.name}"
