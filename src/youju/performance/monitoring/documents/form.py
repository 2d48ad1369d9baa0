"""The official form once for every kind of file: its words, and its tables as grids of cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from youju.foundation.documents.templates import Figure
from youju.performance.targets.documents.form import Cell, Row
from youju.rules.performance.monitoring.colours import COLOURS
from youju.rules.performance.monitoring.facts import CAUSES, LIKELIHOODS

TITLE = "项目支出绩效运行监控表"
SUMMARY = "汇总表"
TICK = "√"
CODES = {
    "initial": "monitoring.initial_budget",
    "budget": "monitoring.budget",
    "executed": "payments.total_cost",
    "rate": "payments.executed_rate",
    "forecast": "monitoring.forecast_spending",
}
"""What each amount of the head measures."""
Told = Mapping[str, Any]


def title_of(context: Told) -> str:
    """The title with its months."""
    return f"{TITLE}（{context['year']} 年 1—{context['month']} 月）"


def head_line(context: Told) -> str:
    """Whose form it is, until when, in which unit."""
    return f"{context['unit']}　截至 {context['until']}　金额单位：万元"


def end_lines(context: Told) -> list[str]:
    """What stands below the tables: how the figures came about."""
    return [
        f"序时进度 {context['time']}%；执行率按调整后预算计算；颜色：{'、'.join(COLOURS.values())}。",
        f"监控编号 {context['number']}，数据编制时固定，校验值 {context['digest'][:16]}。"
        + (f"批准：{context['approved']}。" if context["approved"] else "尚未批准。"),
    ]


def summary_rows(context: Told) -> list[Row]:
    """The table of all projects: nine columns, one header."""
    heads = (
        "序号", "项目", "年初预算数", "调整后预算数", f"1—{context['month']}月执行数", "执行率", "全年预计执行数", "执行颜色",
        "目标颜色",
    )  # fmt: skip
    rows: list[Row] = [tuple(Cell((head,), "label") for head in heads)]
    for each in context["projects"]:
        rows.append(
            (
                Cell((str(each["place"]),), "amount"),
                Cell((f"{each['code']} {each['name']}",)),
                *(
                    _amount(context, each, name)
                    for name in ("initial", "budget", "executed", "rate", "forecast")
                ),
                Cell((COLOURS.get(each["colour"], "—"),), "amount"),
                Cell((COLOURS.get(each["targets_colour"], "—"),), "amount"),
            )
        )
    return rows


def head_rows(context: Told, each: Told) -> list[Row]:
    """A project's head on six columns."""
    pairs = (
        ("年初预算数", "initial", "调整后预算数", "budget", f"1—{context['month']}月执行数", "executed"),
        ("执行率", "rate", "全年预计执行数", "forecast", "", ""),
    )
    rows: list[Row] = [
        (
            Cell(("项目名称",), "label"),
            Cell((each["name"],), columns=3),
            Cell(("项目编码",), "label"),
            Cell((each["code"],)),
        )
    ]
    for line in pairs:
        cells: list[Cell] = []
        for label, name in zip(line[::2], line[1::2], strict=True):
            if name:
                cells += [Cell((label,), "label"), _amount(context, each, name)]
        if len(cells) < len(line):
            cells += [Cell(("责任科室",), "label"), Cell((each["section"],))]
        rows.append(tuple(cells))
    rows.append(
        (Cell(("预计方法",), "label"), Cell((each["method"] or "没有资金台账，执行情况无从计算",), columns=5))
    )
    rows.append((Cell(("偏离原因",), "label"), Cell((each["explanation"],), columns=5)))
    rows.append((Cell(("措施",), "label"), Cell((each["measure"],), columns=5)))
    return rows


def indicator_heads(context: Told) -> list[Row]:
    """The two rows above the indicators, on sixteen columns."""
    singles = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        f"1—{context['month']}月执行情况",
        "全年预计完成情况",
    )
    causes = [*CAUSES.values(), "原因说明"]
    return [
        (
            *(Cell((text,), "label", rows=2) for text in singles),
            Cell(("偏差原因分析",), "label", columns=len(causes)),
            Cell(("完成目标可能性",), "label", columns=len(LIKELIHOODS)),
            Cell(("改进措施和备注",), "label", rows=2),
        ),
        (
            *(None for _ in singles),
            *(Cell((text,), "label") for text in causes),
            *(Cell((text,), "label") for text in LIKELIHOODS.values()),
            None,
        ),
    ]


def indicator_row(context: Told, project: Told, each: Told) -> Row:
    """An indicator's row on sixteen columns; what was reached and what is expected carry their measure."""
    subject = f"monitoring.row:{context['number']}/{project['place']}-{each['place']}"
    code = each["metric"] or f"measures.{each['basis']}"
    period = f"{context['year']}-{context['month']:02d}"
    target = f"targets.indicator:{project['code']}:{each['place']}"
    note = "；".join(part for part in (each["measure"], each["remark"]) if part)

    def figure(text: str, code: str, period: str) -> Cell:
        return Cell(
            (text,), figure=Figure(text, code, each["unit"], period, subject) if text.strip() else None
        )

    return (
        Cell((each["level1"],), "name"),
        Cell((each["level2"],), "name"),
        Cell((each["level3"],)),
        figure(each["raw_value"], target, str(context["year"])),
        figure(each["done"], code, period),
        figure(each["ahead"], f"{code}:forecast", str(context["year"])),
        *(Cell((TICK if each["cause"] == cause else "",), "amount") for cause in CAUSES),
        Cell((each["explanation"],)),
        *(Cell((TICK if each["likelihood"] == code else "",), "amount") for code in LIKELIHOODS),
        Cell((note,)),
    )


def _amount(context: Told, each: Told, name: str) -> Cell:
    text = each[name]
    if not text:
        return Cell(("—",), "amount")
    period = (
        str(context["year"])
        if name in ("initial", "budget", "forecast")
        else f"{context['year']}-{context['month']:02d}"
    )
    subject = f"monitoring.project:{context['number']}/{each['place']}"
    return Cell(
        (text,),
        "amount",
        figure=Figure(text, CODES[name], "%" if name == "rate" else "万元", period, subject),
    )
