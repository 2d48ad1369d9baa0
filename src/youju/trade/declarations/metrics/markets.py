"""Markets and goods that are new: beside last year's largest, or not exported last year at all."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import share, total
from youju.analytics.metrics import Direction, Metric
from youju.analytics.scopes import Scope
from youju.trade.declarations.metrics.lines import HOUSE, OWNER, of_lines

_LINES = ("released_lines",)
TOP = 5
"""How many of last year's markets count as old, from the metric's published definition."""


def new_market_rows(scope: Scope) -> ir.Table:
    """Each line, by whether its country was among last year's largest."""
    lines, top = scope.rows("released_lines"), _largest(scope)
    known = lines.left_join(top, lines.country == top.old_country)
    part = ibis.ifelse(known.old_country.isnull(), "new", "old")
    return of_lines(known, part, known.value_cny)


def first_market_rows(scope: Scope) -> ir.Table:
    """Each country that had exports in the period and none in the same months a year before, with its largest line."""
    return _firsts(scope, "country")


def first_goods_rows(scope: Scope) -> ir.Table:
    """Each tariff code that had exports in the period and none in the same months a year before."""
    return _firsts(scope, "hs_code")


def _largest(scope: Scope) -> ir.Table:
    before = scope.rows("released_lines", scope.period.year_before())
    values = before.group_by("country").aggregate(value=before.value_cny.sum())
    # Ties go by the country's code, so that every engine takes the same ones.
    ordered = values.order_by(values.value.desc(), values.country.asc()).limit(TOP)
    return ordered.select(old_country=ordered.country)


def _firsts(scope: Scope, column: str) -> ir.Table:
    now = scope.rows("released_lines")
    before = scope.rows("released_lines", scope.period.year_before())
    new = now.anti_join(before.select(column).distinct(), column)
    # A country or a code is no record with a page of its own: its first line stands for it.
    placed = new.mutate(place=ibis.row_number().over(group_by=column, order_by=new.line_id))
    firsts = placed.filter(placed.place == 0)
    return of_lines(firsts, "new", firsts.line_id * 0 + 1)


MARKETS = (
    Metric(
        code="exports.new_market_rate",
        label="新兴市场出口占比",
        label_en="Share of new markets",
        unit="%",
        direction=Direction.HIGHER,
        grain="放行货物行",
        owner=OWNER,
        definition="期间内放行货物的人民币值中，运抵上年同期前五大市场以外国家（地区）的占比。",
        definition_en="Share of released value to countries other than the five largest of the same months a year before.",
        basis=HOUSE,
        tables=_LINES,
        rows=new_market_rows,
        combination=share("new", "old", label="前五大市场以外的出口额", whole_label="出口额"),
        example={"new": "40.00", "old": "60.00"},
        part_labels={"new": "前五大市场以外", "old": "上年同期前五大市场"},
    ),
    Metric(
        code="exports.new_market_count",
        label="新开拓市场数",
        label_en="Markets newly reached",
        unit="个",
        direction=Direction.HIGHER,
        grain="国家（地区）",
        owner=OWNER,
        definition="期间内有放行、上年同期没有的运抵国（地区）个数。",
        definition_en="Countries with released goods in the period and none in the same months a year before.",
        basis=HOUSE,
        tables=_LINES,
        rows=first_market_rows,
        combination=total("new", "新市场"),
        example={"new": "3"},
        part_labels={"new": "新市场"},
    ),
    Metric(
        code="exports.new_goods_count",
        label="新出口商品数",
        label_en="Goods newly exported",
        unit="个",
        direction=Direction.HIGHER,
        grain="商品编码",
        owner=OWNER,
        definition="期间内有放行、上年同期没有的商品编码个数。",
        definition_en="Tariff codes with released goods in the period and none in the same months a year before.",
        basis=HOUSE,
        tables=_LINES,
        rows=first_goods_rows,
        combination=total("new", "新商品"),
        example={"new": "12"},
        part_labels={"new": "新商品编码"},
    ),
)
