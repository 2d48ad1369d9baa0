"""Exports under mode 1039: value, growth, weight, average price."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import average, growth, total
from youju.analytics.metrics import Direction, Metric, only
from youju.analytics.scopes import Scope, in_period
from youju.trade.declarations.metrics.lines import HOUSE, OWNER, of_lines

_LINES = ("released_lines",)
_GRAIN = "放行货物行"


def value_rows(scope: Scope) -> ir.Table:
    """Each line with its FOB value in CNY."""
    lines = scope.rows("released_lines")
    return of_lines(lines, "value", lines.value_cny)


def growth_rows(scope: Scope) -> ir.Table:
    """Lines of the period and of the same months a year before."""
    lines = scope.rows("released_lines", scope.period, scope.period.year_before())
    part = ibis.ifelse(in_period(lines.released_on, scope.period), "now", "before")
    return of_lines(lines, part, lines.value_cny)


def weight_rows(scope: Scope) -> ir.Table:
    """Each line with its net weight."""
    lines = scope.rows("released_lines")
    return of_lines(lines, "weight", lines.net_weight)


def price_rows(scope: Scope) -> ir.Table:
    """Each line twice: with its value and with its net weight."""
    lines = scope.rows("released_lines")
    return ibis.union(
        only(of_lines(lines, "value", lines.value_cny)), only(of_lines(lines, "weight", lines.net_weight))
    )


EXPORTS = (
    Metric(
        code="exports.value_cny",
        label="试点出口额",
        label_en="Exports under the pilot",
        unit="CNY",
        direction=Direction.HIGHER,
        grain=_GRAIN,
        owner=OWNER,
        definition="期间内放行的市场采购贸易（1039）报关单的离岸价，按申报当月的海关汇率折成人民币。",
        definition_en="FOB value of 1039 declarations released in the period, at the customs rate of the month of declaring.",
        basis=HOUSE,
        tables=_LINES,
        rows=value_rows,
        combination=total("value", "放行货物行的人民币值"),
        example={"value": "1234.56"},
        part_labels={"value": "出口额"},
    ),
    Metric(
        code="exports.growth_rate",
        label="试点出口增长率",
        label_en="Growth of exports under the pilot",
        unit="%",
        direction=Direction.HIGHER,
        grain=_GRAIN,
        owner=OWNER,
        definition="期间的试点出口额与上年同期相比的增长率。",
        definition_en="Exports of the period against the same months of the year before.",
        basis=HOUSE,
        tables=_LINES,
        rows=growth_rows,
        combination=growth("now", "before", "本期出口额", "上年同期出口额"),
        example={"now": "110.00", "before": "100.00"},
        part_labels={"now": "本期出口额", "before": "上年同期出口额"},
    ),
    Metric(
        code="exports.net_weight",
        label="出口净重",
        label_en="Net weight exported",
        unit="kg",
        direction=Direction.NONE,
        grain=_GRAIN,
        owner=OWNER,
        definition="期间内放行货物的净重。",
        definition_en="Net weight of goods released in the period.",
        basis=HOUSE,
        tables=_LINES,
        rows=weight_rows,
        combination=total("weight", "放行货物行的净重"),
        example={"weight": "80.5"},
        part_labels={"weight": "净重"},
    ),
    Metric(
        code="exports.average_price",
        label="每千克平均出口价格",
        label_en="Average value of a kilogram",
        unit="CNY/kg",
        direction=Direction.HIGHER,
        grain=_GRAIN,
        owner=OWNER,
        definition="期间内放行货物的人民币值除以净重。",
        definition_en="Value in CNY of goods released in the period, for a kilogram of net weight.",
        basis=HOUSE,
        tables=_LINES,
        rows=price_rows,
        combination=average("value", "weight", "出口额", "净重"),
        example={"value": "1000.00", "weight": "8"},
        part_labels={"value": "出口额", "weight": "净重"},
    ),
)
