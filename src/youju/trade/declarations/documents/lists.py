"""The broker's three lists as workbooks: 联网清单 (goods lines), 简化归类清单 (declared lines), 交易单 (orders)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import xlsxwriter

from youju.rules.trade.declarations.facts import DeclarationPlan, GoodsLine
from youju.rules.trade.declarations.money import amount_of

Value = str | int | Decimal
Rows = Iterator[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: its name, its headings, its rows."""

    name: str
    headings: tuple[str, ...]
    rows: Callable[[DeclarationPlan, Mapping[int, GoodsLine], str], Rows]


def _network(plan: DeclarationPlan, goods: Mapping[int, GoodsLine], packing: str) -> Rows:
    for made in plan.declarations:
        for declared in made.lines:
            for number in declared.sources:
                line = goods[number]
                yield (
                    made.number, declared.number, number, line.merchant, line.name, line.hs_code, line.quantity, line.unit,
                    line.packages, packing, line.currency, amount_of(line.cents), line.net_weight,
                )  # fmt: skip


def _simplified(plan: DeclarationPlan, _goods: Mapping[int, GoodsLine], _packing: str) -> Rows:
    for made in plan.declarations:
        for line in made.lines:
            yield (
                made.number, line.hs_code[:2], line.number, line.hs_code, line.name, "归并" if line.merged else "逐项",
                line.packages, amount_of(line.cents), line.net_weight,
            )  # fmt: skip


def _orders(plan: DeclarationPlan, goods: Mapping[int, GoodsLine], _packing: str) -> Rows:
    for made in plan.declarations:
        lines = [goods[number] for declared in made.lines for number in declared.sources]
        places = {order: place for place, order in enumerate(made.orders)}
        for line in sorted(lines, key=lambda line: (places[line.order], line.number)):
            yield (
                line.order, line.merchant, line.number, line.hs_code, line.name, line.quantity, line.unit, line.packages,
                line.currency, amount_of(line.cents), line.net_weight, line.gross_weight, made.number,
            )  # fmt: skip


LISTS = (
    Listing("联网清单", ("报关单", "项号", "序号", "商户号", "品名", "商品编码", "数量", "单位", "箱数", "包装", "币制", "金额",
                      "净重"), _network),
    Listing("简化归类清单", ("报关单", "章", "项号", "商品编码", "品名", "申报方式", "箱数", "金额", "净重"), _simplified),
    Listing("交易单", ("交易单号", "商户号", "序号", "商品编码", "品名", "数量", "单位", "箱数", "币制", "金额", "净重", "毛重",
                    "报关单"), _orders),
)  # fmt: skip
_WIDE = {"品名": 28, "商品编码": 14, "交易单号": 16, "商户号": 14}
_MONEY = {"金额"}


def write_list(
    listing: Listing, plan: DeclarationPlan, goods: Iterable[GoodsLine], *, packing: str = "", made_on: date
) -> bytes:
    """One list as a workbook; the same plan and day give the same bytes. ``packing``: the code of the kind of packing."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    by_number = {line.number: line for line in goods}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {
                "title": listing.name,
                "created": datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC).replace(
                    tzinfo=None
                ),
            }
        )
        head = book.add_format({"bold": True, "bg_color": "#E8EEF2", "border": 1})
        money, plain = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(listing.name)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(listing.headings):
            sheet.set_column(column, column, _WIDE.get(heading, 10))
            sheet.write_string(0, column, heading, head)
        last = 0
        for last, row in enumerate(listing.rows(plan, by_number, packing), 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(last, column, value, plain)
                else:
                    sheet.write_number(
                        last, column, value, money if listing.headings[column] in _MONEY else None
                    )
        sheet.autofilter(0, 0, last, len(listing.headings) - 1)
    return out.getvalue()
