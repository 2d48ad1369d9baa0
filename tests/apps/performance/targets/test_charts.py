"""Chart definitions: what is drawn, what is left out, and the table behind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from youju.foundation.documents.pictures import SEAL
from youju.performance.targets import charts
from youju.performance.targets.charts import BudgetRow, PlanPoint, PlanRow

_ROWS = [
    BudgetRow(1, "国贸中心法律顾问费", "5.00", "/p/1/"),
    BudgetRow(2, "市场采购贸易方式专项资金（补贴资金）", "1000.00", "/p/2/"),
    BudgetRow(3, "尚未安排预算的项目", None, "/p/3/"),
]


def _data(chart: charts.AnyChart) -> list[list[dict[str, Any]]]:
    """The rows that a chart draws, one list for each set of data; Altair gathers them at the top."""
    return list(chart.to_dict()["datasets"].values())


def _rows_with(chart: charts.AnyChart, key: str) -> list[dict[str, Any]]:
    return [row for rows in _data(chart) for row in rows if key in row]


def test_budgets_stand_by_size_with_the_figure_as_printed() -> None:
    (rows,) = _data(charts.budget_chart(_ROWS))
    assert [row["printed"] for row in rows] == ["1000.00 万元", "5.00 万元", "未填"]
    assert [row["budget"] for row in rows] == [1000.0, 5.0, None]
    assert [row["href"] for row in rows] == ["/p/2/", "/p/1/", "/p/3/"]


def test_the_table_behind_the_budgets_keeps_full_names_and_blanks() -> None:
    headings, rows = charts.table_of(charts.budget_chart(_ROWS))
    assert headings == ["序号", "项目名称", "预算数（万元）"]
    assert rows == [
        ["2", "市场采购贸易方式专项资金（补贴资金）", "1000.00"],
        ["1", "国贸中心法律顾问费", "5.00"],
        ["3", "尚未安排预算的项目", ""],
    ]


def test_without_links_there_is_no_href() -> None:
    assert "href" not in json.dumps(
        charts.budget_chart([BudgetRow(1, "甲", "1.00")]).to_dict()["layer"][0]["encoding"]
    )


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
@pytest.mark.parametrize("rows", [[], [BudgetRow(1, "甲", None)], [BudgetRow(1, "甲", "0.00")], _ROWS])
def test_any_number_of_budgets_makes_a_definition(rows: list[BudgetRow], width: int) -> None:
    definition = charts.budget_chart(rows, width=width, unit="元").to_dict()
    assert definition["title"] == "各项目预算数（元）"
    assert definition["width"] <= width


def test_behind_the_share_of_the_year_is_told_exactly() -> None:
    points = charts.plan_points({"12": "45.00", "03": "11.25", "06": "22.49", "10": "37.50"})
    chart = charts.plan_chart(points, "45.00")
    behind = {row["month"]: row["behind"] for row in _rows_with(chart, "behind")}
    assert behind == {3: False, 6: True, 10: False, 12: False}
    assert SEAL in json.dumps(chart.to_dict())


def test_a_blank_breaks_the_line_and_is_no_zero() -> None:
    points = (PlanPoint(3, "1.00"), PlanPoint(6, None), PlanPoint(10, "4.00"), PlanPoint(12, "5.00"))
    chart = charts.plan_chart(points, "5.00")
    line = next(layer for layer in chart.to_dict()["layer"] if "detail" in layer["encoding"])
    drawn = chart.to_dict()["datasets"][line["data"]["name"]]
    assert [(row["run"], row["month"], row["amount"]) for row in drawn] == [
        (0, 0, 0.0),
        (0, 3, 1.0),
        (1, 10, 4.0),
        (1, 12, 5.0),
    ]
    assert charts.table_of(chart) == (
        ["截至", "累计支出计划（万元）", "序时进度（万元）"],
        [
            ["3月底", "1.00", "1.25"],
            ["6月底", "", "2.50"],
            ["10月底", "4.00", "4.17"],
            ["12月底", "5.00", "5.00"],
        ],
    )


def test_without_a_budget_there_is_no_pace() -> None:
    chart = charts.plan_chart((PlanPoint(3, "1.00"),), None)
    assert charts.table_of(chart)[1] == [["3月底", "1.00", ""]]
    assert not any(row["behind"] for row in _rows_with(chart, "behind"))


def test_the_overview_draws_shares_and_lists_every_project() -> None:
    rows = [
        PlanRow(
            1, "甲", "45.00", charts.plan_points({"03": "9.00", "06": None, "10": "36.00", "12": "45.00"})
        ),
        PlanRow(2, "没有预算", None, charts.plan_points({"03": None, "06": None, "10": None, "12": None})),
        PlanRow(
            3, "预算为零", "0.00", charts.plan_points({"03": "0.00", "06": None, "10": None, "12": "0.00"})
        ),
    ]
    chart = charts.plans_overview(rows, width=charts.NARROW)
    assert {row["panel"] for row in _rows_with(chart, "panel")} == {"1. 甲"}
    assert {row["month"]: row["share"] for row in _rows_with(chart, "behind")} == {3: 0.2, 10: 0.8, 12: 1.0}
    headings, table = charts.table_of(chart)
    assert headings == ["序号", "项目名称", "预算数（万元）", "3月底", "6月底", "10月底", "12月底"]
    assert [row[0] for row in table] == ["1", "2", "3"]
    assert table[0][3:] == ["9.00", "", "36.00", "45.00"]


def test_a_label_is_cut_in_its_middle() -> None:
    name = "国贸中心-关于调整2021年中央外经贸发展资金预算指标的通知（保财建【2021】57号）（553万元）"
    assert charts.short_label(name, 36) == "国贸中心-关于调整2021…）（553万元）"
    assert charts.short_label("法律顾问费", 36) == "法律顾问费"
