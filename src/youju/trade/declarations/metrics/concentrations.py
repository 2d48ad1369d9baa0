"""How concentrated exports are: the five largest markets and goods, and the Herfindahl–Hirschman index."""

from __future__ import annotations

import ibis.expr.types as ir

from youju.analytics.combining import herfindahl, top_share
from youju.analytics.metrics import Direction, Metric
from youju.analytics.scopes import Scope
from youju.trade.declarations.metrics.lines import HOUSE, OWNER, of_lines


def by_country_rows(scope: Scope) -> ir.Table:
    """Each line with its value; parts are countries."""
    lines = scope.rows("released_lines")
    return of_lines(lines, lines.country, lines.value_cny)


def by_heading_rows(scope: Scope) -> ir.Table:
    """Each line with its value; parts are tariff headings of four digits."""
    lines = scope.rows("released_lines")
    return of_lines(lines, lines.hs_code.substr(0, 4), lines.value_cny)


def _metric(code: str, label: str, label_en: str, what: str, what_en: str, *, index: bool) -> Metric:
    measured = "赫芬达尔–赫希曼指数（HHI）" if index else "前五位占比（CR5）"
    measured_en = "Herfindahl–Hirschman index" if index else "Share of the five largest"
    return Metric(
        code=code,
        label=label,
        label_en=label_en,
        unit="点" if index else "%",
        direction=Direction.LOWER,
        grain="放行货物行",
        owner=OWNER,
        definition=f"期间内出口额按{what}计算的{measured}。",
        definition_en=f"{measured_en} of exports by {what_en}.",
        basis=HOUSE,
        tables=("released_lines",),
        rows=by_country_rows if "market" in code else by_heading_rows,
        combination=herfindahl() if index else top_share(5),
        example={"甲": "50", "乙": "20", "丙": "10", "丁": "10", "戊": "5", "己": "5"},
    )


CONCENTRATIONS = (
    _metric("exports.market_cr5", "市场集中度（CR5）", "Market concentration (CR5)", "运抵国（地区）", "country", index=False),
    _metric("exports.market_hhi", "市场集中度（HHI）", "Market concentration (HHI)", "运抵国（地区）", "country", index=True),
    _metric("exports.goods_cr5", "商品集中度（CR5）", "Goods concentration (CR5)", "四位品目", "heading", index=False),
    _metric("exports.goods_hhi", "商品集中度（HHI）", "Goods concentration (HHI)", "四位品目", "heading", index=True),
)  # fmt: skip
