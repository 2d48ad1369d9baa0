"""Growth of what the district exports under every mode of trade, from the monthly statistics imported."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import Combination
from youju.analytics.combining_named import BEFORE as _BEFORE
from youju.analytics.combining_named import NOW as _NOW
from youju.analytics.combining_named import district_growth
from youju.analytics.metrics import Direction, Metric, behind
from youju.analytics.scopes import Scope, in_period

FIGURE = "statistics.district"


def growth_rows(scope: Scope) -> ir.Table:
    """Each figure of the period and of the same months a year before; parts are months, so that a missing one is seen."""
    figures = scope.rows("district_statistics", scope.period, scope.period.year_before())
    district = scope.parameters.get("district", "")
    if district:
        figures = figures.filter(figures.district == district)
    month = (figures.month.year() * 100 + figures.month.month()).cast("string")
    part = ibis.ifelse(in_period(figures.month, scope.period), _NOW, _BEFORE) + month
    return behind(
        figures, part=part, kind=FIGURE, row=figures.figure_id, number=figures.number, value=figures.value_cny
    )


DISTRICT_GROWTH = Metric(
    code="exports.district_growth_rate",
    label="地区出口增长率（全口径）",
    label_en="Growth of the district's exports, every mode of trade",
    unit="%",
    direction=Direction.HIGHER,
    grain="地区、月份、贸易方式",
    owner="业务科室",
    definition="期间内本地区各种贸易方式的出口额与上年同期相比的增长率，按导入的月度统计；两年的月份要对得上。",
    definition_en=(
        "Exports of the district under every mode of trade against the same months a year before, from the monthly "
        "statistics imported; both years must have the same months."
    ),
    basis="house-measures",
    tables=("district_statistics",),
    rows=growth_rows,
    combination=Combination(
        "district_growth()", "（本期各月出口额之和 − 上年同期之和）÷ 上年同期之和 × 100 %", district_growth
    ),
    example={"before 202206": "100", "now 202306": "108.5"},
    parameters={"district": "只算这个地区；不写为导入的全部地区"},
)
