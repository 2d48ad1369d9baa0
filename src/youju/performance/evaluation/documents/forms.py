"""The self-evaluation form (项目支出绩效自评表) as a grid of cells: the national form, and Sichuan's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from youju.performance.evaluation.documents.pieces import (
    Grid,
    Paper,
    actual,
    cell,
    figure,
    label,
    merged,
    text,
)
from youju.performance.targets.documents.form import Cell, Row

SICHUAN = "sichuan"
_WIDTHS = (18.0, 18.0, 30.0, 24.0, 24.0, 12.0, 14.0, 26.0)
_SICHUAN_WIDTHS = (15.0, 18.0, 26.0, 12.0, 17.0, 14.0, 20.0, 11.0, 13.0, 20.0)


def title_of(paper: Paper) -> str:
    """The title of the form."""
    return f"{paper['year']} 年度项目支出绩效自评表"


def form_grid(paper: Paper) -> Grid:
    """The form of a paper, after the scoring schema that it has."""
    if paper["schema"] == SICHUAN:
        return Grid(list(_sichuan(paper)), _SICHUAN_WIDTHS)
    return Grid(list(_official(paper)), _WIDTHS)


def _official(paper: Paper) -> list[Row]:
    rows: list[Row] = [
        (label("项目名称"), text(paper["project_name"], columns=4), label("项目编码"), text(paper["project_code"], columns=2)),
        (label("实施单位"), text(paper["unit_name"], columns=4), label("评分办法"), text(paper["schema_title"], columns=2)),
    ]  # fmt: skip
    heads = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    funds = paper["funds"]
    unit = paper["money_unit"]
    rows.append(
        (
            label(f"项目资金（{unit}）", rows=len(funds) + 1),
            label("", columns=1),
            *(label(each) for each in heads),
        )
    )
    for place, each in enumerate(funds):
        rows.append((None, label(each["label"]), *_money(paper, each), *_execution(paper, whole=place == 0)))
    rows.append(
        (label("年度总体目标", rows=2), label("预期目标", columns=4), label("实际完成情况", columns=3))
    )
    rows.append((None, text(paper["goals"], columns=4), text(paper["done"], columns=3)))
    names = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    )
    rows.append(tuple(label(each) for each in names))
    first, second = merged(paper["rows"], "level1"), merged(paper["rows"], "level2", ("level1",))
    for place, row in enumerate(paper["rows"]):
        rows.append(
            (
                _name(row["level1"], first[place]),
                _name(row["level2"], second[place]),
                text(row["level3"]),
                text(row["target"]),
                cell(actual(row, paper)),
                cell(figure(row["weight"], "evaluation.weight", paper, row=row["number"])),
                cell(figure(row["score"], "evaluation.score", paper, row=row["number"])),
                text(explained(row)),
            )
        )
    rows.append(
        (
            label("总分", columns=5),
            cell(figure(paper["full"], "evaluation.full", paper)),
            cell(figure(paper["total"], "evaluation.total", paper)),
            text(f"等级：{paper['grade']}"),
        )
    )
    return rows + _settled(paper, 5, 3)


def _money(paper: Paper, each: Mapping[str, Any]) -> list[Cell]:
    return [
        cell(figure(each[name], f"evaluation.funds.{each['kind']}.{name}", paper, unit=paper["money_unit"]))
        for name in ("initial", "adjusted", "executed")
    ]


def _execution(paper: Paper, *, whole: bool) -> list[Cell]:
    if not whole:
        return [cell("—")] * 3
    found = paper["execution"]
    return [
        cell(figure(found["weight"], "evaluation.execution.weight", paper)),
        cell(figure(f"{found['rate']}%" if found["rate"] else "", "evaluation.execution.rate", paper)),
        cell(figure(found["score"], "evaluation.execution.score", paper)),
    ]


def _sichuan(paper: Paper) -> list[Row]:
    rows: list[Row] = [
        (label("项目名称", columns=2), text(paper["project_name"], columns=4), label("项目编码", columns=2),
         text(paper["project_code"], columns=2)),
        (label("实施单位", columns=2), text(paper["unit_name"], columns=8)),
        (label("项目目标", columns=2), text(paper["goals"], columns=3), label("完成情况"), text(paper["done"], columns=4)),
    ]  # fmt: skip
    funds = paper["funds"]
    heads = ("年初预算数", "调整后预算数", "预算执行数")
    rows.append(
        (
            label(f"预算执行情况（{paper['money_unit']}）", columns=2, rows=len(funds) + 1),
            label("来源"),
            *(label(each, columns=span) for each, span in zip(heads, (2, 1, 1), strict=True)),
            label("权重"),
            label("执行率"),
            label("得分"),
        )
    )
    for place, each in enumerate(funds):
        money = _money(paper, each)
        wide = Cell(money[0].paragraphs, "amount", 2, 1, money[0].figure)
        rows.append((None, label(each["label"]), wide, *money[1:], *_execution(paper, whole=place == 0)))
    if paper["execution_reason"]:
        rows.append((label("执行率偏低的原因", columns=2), text(paper["execution_reason"], columns=8)))
    names = (
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "完成值",
        "权重",
        "得分",
        "未完成原因分析",
    )
    rows.append(tuple(label(each) for each in names))
    first, second = merged(paper["rows"], "level1"), merged(paper["rows"], "level2", ("level1",))
    for place, row in enumerate(paper["rows"]):
        nature = row["operator"] or ("定性" if row["kind"] == "qualitative" else "定量")
        rows.append(
            (
                _name(row["level1"], first[place]),
                _name(row["level2"], second[place]),
                text(row["level3"]),
                text(nature),
                text(row["target"]),
                text(row["unit"] or "—"),
                cell(actual(row, paper)),
                cell(figure(row["weight"], "evaluation.weight", paper, row=row["number"])),
                cell(figure(row["score"], "evaluation.score", paper, row=row["number"])),
                text(explained(row)),
            )
        )
    rows.append(
        (
            label("合计", columns=7),
            cell(figure(paper["full"], "evaluation.full", paper)),
            cell(figure(paper["total"], "evaluation.total", paper)),
            text(paper["grade"]),
        )
    )
    return rows + _settled(paper, 7, 3)


def _settled(paper: Paper, columns: int, rest: int) -> list[Row]:
    """The line of finance, where it has checked again."""
    if not paper["recheck"]:
        return []
    words = "　".join(
        each for each in (f"等级：{paper['recheck']['grade']}", paper["recheck"]["note"]) if each
    )
    piece = figure(paper["recheck"]["total"], "evaluation.recheck.total", paper)
    return [(label("财政复核得分", columns=columns), cell(piece), text(words, columns=rest - 1))]


def explained(row: Mapping[str, Any]) -> str:
    """Cause and measure, a decision about the points, a signed adjustment, in one cell."""
    said = []
    if row["cause"]:
        said.append(f"原因：{row['cause']}")
    if row["improvement"]:
        said.append(f"措施：{row['improvement']}")
    if row["reduction"]:
        found = row["reduction"]
        said.append(f"调减 {found['rate']}%：{found['reason']}（{found['by']} {found['at'][:10]}）")
    if row["adjusted"]:
        said.append(f"完成值经确认调整：{row['adjusted'].get('reason', '')}")
    if row["sample"]:
        said.append(row["sample"])
    return "\n".join(said)


def _name(words: str, span: int) -> Cell | None:
    return Cell((words,), "name", 1, span) if span else None
