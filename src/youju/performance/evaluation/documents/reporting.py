"""The self-evaluation report after the official outline: sentences, tables and pictures made of a paper's frozen data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from youju.performance.evaluation.charts import PAPER_WIDTH, Bar, shares
from youju.performance.evaluation.documents.forms import explained
from youju.performance.evaluation.documents.pieces import (
    Grid,
    Paper,
    Part,
    Picture,
    Piece,
    Report,
    Sentence,
    actual,
    cell,
    figure,
    label,
    said,
    text,
)
from youju.performance.targets.documents.form import Row

LEVELS = "level1"
LOW = 60
"""A share of the points below which a picture marks a bar."""
_DIGITS = "一二三四五六七八九十"
TITLES = (
    "基本情况",
    "评价工作开展情况",
    "综合评价情况及评价结论",
    "绩效评价指标分析",
    "主要经验及做法、存在的问题及原因分析",
    "有关建议",
    "其他需要说明的问题",
)
"""The official outline."""


def report_of(paper: Paper) -> Report:
    """A project's report."""
    makers = (_basics, _work, _conclusion, _analysis, _problems, _advice, _other)
    parts = _parts([make(paper) for make in makers])
    parts.append(Part("附表　数据来源", [measures_grid(paper)]))
    return Report(
        title=f"{paper['project_name']}绩效自评报告",
        subtitle=[line for line in (f"（{paper['year']} 年度）", paper["unit_name"]) if line],
        parts=parts,
        subject=paper["project_code"],
        author=paper["unit_name"],
    )


def _parts(blocks: Sequence[Sequence[Any]]) -> list[Part]:
    """The outline, filled."""
    return [
        Part(f"{_DIGITS[place]}、{title}", each)
        for place, (title, each) in enumerate(zip(TITLES, blocks, strict=True))
    ]


def _basics(paper: Paper) -> list[Any]:
    whole = next((each for each in paper["funds"] if each["kind"] == "total"), None)
    unit = paper["money_unit"]
    blocks: list[Any] = [
        said(
            f"“{paper['project_name']}”（项目编码 {paper['project_code']}）由{paper['unit_name'] or '本单位'}实施。"
        )
    ]
    if whole:
        pieces: list[Piece] = ["项目年初预算 "]
        pieces += [
            figure(whole["initial"], "evaluation.funds.total.initial", paper, unit=unit),
            f" {unit}，全年预算 ",
        ]
        pieces += [
            figure(whole["adjusted"], "evaluation.funds.total.adjusted", paper, unit=unit),
            f" {unit}，截至年末执行 ",
        ]
        pieces += [
            figure(whole["executed"], "evaluation.funds.total.executed", paper, unit=unit),
            f" {unit}，预算执行率 ",
        ]
        pieces += [figure(f"{paper['execution']['rate']}%", "evaluation.execution.rate", paper), "。"]
        blocks.append(Sentence(pieces))
        blocks.append(_funds(paper))
    if paper["goals"]:
        blocks.append(said(f"年度绩效目标：{_joined(paper['goals'])}"))
    return blocks


def _funds(paper: Paper) -> Grid:
    heads = ("资金来源", "年初预算数", "全年预算数", "全年执行数")
    unit = paper["money_unit"]
    rows: list[Row] = [tuple(label(each) for each in heads)]
    for each in paper["funds"]:
        cells = [
            cell(figure(each[name], f"evaluation.funds.{each['kind']}.{name}", paper, unit=unit))
            for name in ("initial", "adjusted", "executed")
        ]
        rows.append((text(each["label"]), *cells))
    return Grid(rows, (52.0, 38.0, 38.0, 38.0), f"表1　项目资金（{unit}）", 1)


def _work(paper: Paper) -> list[Any]:
    computed = sum(1 for row in paper["rows"] if row["measures"])
    attested = sum(1 for row in paper["rows"] if row["basis"] == "attested")
    judged = len(paper["rows"]) - computed - attested
    words = f"评价按“{paper['schema_title']}”进行，以 {paper['day']} 为依据日。"
    words += f"共 {len(paper['rows'])} 项指标，其中 {computed} 项的完成值由业务记录按固定公式计算"
    words += f"，{attested} 项由情况说明确认" if attested else ""
    words += f"，{judged} 项定性指标由科室分档评定" if judged else ""
    words += "；完成值在提交时冻结，没有一项由人工填写。"
    return [
        said(words),
        said("评价程序：科室填报原因和措施，绩效专员审核，单位负责人批准，财政部门复核。"),
    ]


def _conclusion(paper: Paper) -> list[Any]:
    pieces: list[Piece] = ["自评得分 ", figure(paper["total"], "evaluation.total", paper), " 分，等级为"]
    pieces.append(f"“{paper['grade']}”。其中预算执行率 ")
    pieces += [figure(paper["execution"]["score"], "evaluation.execution.score", paper), " 分"]
    for name, score, weight in levels_of(paper):
        pieces += [f"，{name} ", figure(score, f"evaluation.level.{name}", paper), f" 分（分值 {weight}）"]
    pieces.append("。")
    blocks: list[Any] = [Sentence(pieces), said(_joined(paper["done"])) if paper["done"] else said("")]
    if paper["recheck"]:
        found = paper["recheck"]
        more: list[Piece] = ["财政复核得分 ", figure(found["total"], "evaluation.recheck.total", paper)]
        more.append(f" 分，等级为“{found['grade']}”。{found['note']}")
        blocks.append(Sentence(more))
    blocks.append(Picture(_chart(paper), "各项指标的得分率（%）"))
    return [each for each in blocks if not isinstance(each, Sentence) or each.text]


def levels_of(paper: Paper) -> list[tuple[str, str, str]]:
    """First levels in their order with points and weights, summed over their rows."""
    sums: dict[str, list[Decimal]] = {}
    for row in paper["rows"]:
        found = sums.setdefault(row[LEVELS] or "指标", [Decimal(0), Decimal(0)])
        found[0] += Decimal(row["score"] or 0)
        found[1] += Decimal(row["weight"] or 0)
    return [(name, f"{score:.2f}", f"{weight.normalize():f}") for name, (score, weight) in sums.items()]


def _chart(paper: Paper) -> Any:
    bars = []
    for row in paper["rows"]:
        weight = Decimal(row["weight"] or 0)
        share = float(Decimal(row["score"] or 0) * 100 / weight) if weight else 0.0
        bars.append(Bar(name_of(row), share, f"{share:.1f}", low=share < LOW))
    return shares(bars, title=f"{paper['project_name']}各项指标的得分率", width=PAPER_WIDTH)


def name_of(row: Mapping[str, Any]) -> str:
    """What a row is called."""
    return str(row["level3"] or row["level2"] or row["level1"])


def _analysis(paper: Paper) -> list[Any]:
    blocks: list[Any] = []
    for place, (name, score, weight) in enumerate(levels_of(paper)):
        heading: list[Piece] = [f"（{_DIGITS[place]}）{name}：分值 {weight}，得 "]
        heading += [figure(score, f"evaluation.level.{name}", paper), " 分"]
        blocks.append(Sentence(heading, "heading"))
        for row in paper["rows"]:
            if (row[LEVELS] or "指标") == name:
                blocks.append(_row(row, paper))
    heads = ("序号", "指标", "年度指标值", "实际完成值", "分值", "得分", "怎样得来")
    rows: list[Row] = [tuple(label(each) for each in heads)]
    for row in paper["rows"]:
        rows.append(
            (
                cell(str(row["number"])),
                text(name_of(row)),
                text(row["target"]),
                cell(actual(row, paper)),
                cell(figure(row["weight"], "evaluation.weight", paper, row=row["number"])),
                cell(figure(row["score"], "evaluation.score", paper, row=row["number"])),
                text(row["reason"]),
            )
        )
    blocks.append(Grid(rows, (11.0, 32.0, 28.0, 26.0, 12.0, 14.0, 43.0), "表2　指标得分及依据", 1))
    return blocks


def _row(row: Mapping[str, Any], paper: Paper) -> Sentence:
    pieces: list[Piece] = [f"“{name_of(row)}”目标为 {row['target']}，实际完成 ", actual(row, paper), "，得 "]
    pieces.append(figure(row["score"], "evaluation.score", paper, row=row["number"]))
    pieces.append(f" 分（分值 {row['weight']}）。")
    return Sentence(pieces)


def _problems(paper: Paper) -> list[Any]:
    best = [
        name_of(row)
        for row in paper["rows"]
        if row["score"] and Decimal(row["score"]) == Decimal(row["weight"])
    ]
    blocks: list[Any] = []
    if best:
        blocks.append(
            said(
                f"主要做法和成效：{'、'.join(f'“{each}”' for each in best)}共 {len(best)} 项指标达到年度目标，得满分。"
            )
        )
    short = [row for row in paper["rows"] if row["cause"] or row["reduction"]]
    if not short and not paper["execution_reason"]:
        blocks.append(said("没有发现未完成的指标。"))
    if paper["execution_reason"]:
        blocks.append(said(f"预算执行方面：{_joined(paper['execution_reason'])}"))
    for row in short:
        blocks.append(said(f"“{name_of(row)}”：{_joined(explained(row))}"))
    return blocks


def _advice(paper: Paper) -> list[Any]:
    found = [row for row in paper["rows"] if row["improvement"]]
    blocks: list[Any] = [said(f"对“{name_of(row)}”：{_joined(row['improvement'])}") for row in found]
    for each in paper["warnings"]:
        blocks.append(said(f"{each['message']}{each['suggestion']}（{each['rule']}）"))
    return blocks or [said("继续按现有做法实施，下一年度参照本年实际完成值合理确定目标值。")]


def _other(paper: Paper) -> list[Any]:
    adjusted = [row for row in paper["rows"] if row["adjusted"]]
    blocks = [
        said(f"“{name_of(row)}”的完成值经两人签字调整，理由：{row['adjusted'].get('reason', '')}。")
        for row in adjusted
    ]
    blocks.append(
        said("本报告中的每个数字都附有计量代码，可在系统中打开到业务记录，也可以用证据包脱机复算。")
    )
    return blocks


def measures_grid(paper: Paper) -> Grid:
    """Which measure each row's value was frozen with."""
    heads = ("指标", "计量代码", "期间", "冻结的值", "行数", "行校验值（前 12 位）")
    rows: list[Row] = [tuple(label(each) for each in heads)]
    for row in paper["rows"]:
        for each in row["measures"]:
            value = f"{each['value']} {each['unit']}".strip() if each["value"] else "—"
            rows.append(
                (
                    text(name_of(row)), text(each["metric"]), text(each["period"]), text(value),
                    cell(str(each["row_count"])), text(each["row_hash"][:12]),
                )
            )  # fmt: skip
        if not row["measures"]:
            how = "情况说明" if row["basis"] == "attested" else "分档评定"
            rows.append(
                (text(name_of(row)), text(how), text(str(paper["year"])), text("—"), cell("—"), text("—"))
            )
    return Grid(rows, (28.0, 58.0, 16.0, 28.0, 11.0, 25.0), "", 1)


def _joined(words: str) -> str:
    """Several lines in one paragraph, ended by a full stop."""
    lines = [line.strip().rstrip("。；;") for line in words.split("\n") if line.strip()]
    return "；".join(lines) + "。" if lines else ""


def department_report(paper: Paper, projects: Sequence[Paper]) -> Report:
    """The department's report: its points explained, its projects one by one."""
    unit = paper["money_unit"]
    lead: list[Piece] = [f"{paper['unit_name'] or '本部门'} {paper['year']} 年度部门整体绩效评价得分 "]
    lead += [figure(paper["total"], "evaluation.department.total", paper), f" 分，等级为“{paper['grade']}”。"]
    heads = ("部分", "内容", "分值", "得分", "怎样得来")
    rows: list[Row] = [tuple(label(each) for each in heads)]
    for place, line in enumerate(paper["lines"], 1):
        rows.append(
            (
                text(line["part"]),
                text(line["name"]),
                cell(figure(line["weight"], "evaluation.department.weight", paper, row=place)),
                cell(figure(line["score"], "evaluation.department.score", paper, row=place)),
                text(line["reason"]),
            )
        )
    goal = f"总体绩效目标：{_joined(paper['goal'])}" if paper["goal"] else "总体绩效目标没有填写。"
    work = f"对 {len(projects)} 个项目逐一自评，按预算执行、分项目标、项目三部分汇总，金额单位为{unit}。"
    done = [said(_joined(paper["done"]))] if paper["done"] else []
    advice = [said(f"{each['message']}{each['suggestion']}") for each in paper["warnings"]]
    blocks: Sequence[Sequence[Any]] = (
        [said(goal)],
        [said(work)],
        [Sentence(lead), *done],
        [Grid(rows, (22.0, 48.0, 16.0, 16.0, 64.0), "表1　得分及依据", 1)],
        _project_lines(projects),
        advice or [said("各分项目标都有项目支撑，建议保持。")],
        [said("各项目的得分以财政复核为准，没有复核的以自评为准。")],
    )
    parts = _parts(blocks)
    subtitle = [line for line in (f"（{paper['year']} 年度）", paper["unit_name"]) if line]
    return Report("部门整体绩效评价报告", subtitle, parts, "department", paper["unit_name"])


def _project_lines(projects: Sequence[Paper]) -> list[Any]:
    blocks: list[Any] = []
    for each in projects:
        found = each["recheck"] or each
        code = "evaluation.recheck.total" if each["recheck"] else "evaluation.total"
        pieces: list[Piece] = [f"“{each['project_name']}”得 ", figure(found["total"], code, each)]
        pieces.append(f" 分，{found['grade']}。")
        blocks.append(Sentence(pieces))
    bars = [
        Bar(
            each["project_name"],
            float((each["recheck"] or each)["total"] or 0),
            (each["recheck"] or each)["total"],
        )
        for each in projects
    ]
    if bars:
        blocks.append(Picture(shares(bars, title="各项目得分", width=PAPER_WIDTH), "各项目得分"))
    return blocks


def key_report(paper: Paper) -> Report:
    """A key evaluation's report."""
    experts = paper["experts"]
    heads = ("部分", "指标", "评分要点", "权重", *experts, "平均")
    fixed = (16.0, 24.0, 40.0, 14.0)
    left = 166.0 - sum(fixed)
    rows: list[Row] = [tuple(label(each) for each in heads)]
    for item in paper["items"]:
        rows.append(
            (
                text(item["part"]),
                text(item["name"]),
                text(item["standard"]),
                cell(figure(item["weight"], "evaluation.key.weight", paper, row=item["number"])),
                *(cell(item["points"].get(name) or "—") for name in experts),
                cell(figure(item["mean"], "evaluation.key.mean", paper, row=item["number"])),
            )
        )
    pieces: list[Piece] = [
        f"{len(experts)} 位专家评分，平均得分 ",
        figure(paper["total"], "evaluation.key.total", paper),
    ]
    pieces.append(f" 分，等级为“{paper['grade']}”。" if paper["grade"] else " 分。")
    spread = [said(f"“{each['name']}”：{each['reason']}") for each in paper["items"] if each["flagged"]]
    widths = (*fixed, *[left / (len(experts) + 1)] * (len(experts) + 1))
    sums = "，".join(f"{part} {points} 分（权重 {weight}）" for part, weight, points in paper["parts"])
    words = [said(_joined(each)) for each in (paper["experience"], paper["problems"]) if each]
    blocks: Sequence[Sequence[Any]] = (
        [said(f"项目“{paper['project_name']}”，项目编码 {paper['project_code']}。")],
        [said(f"按决策、过程、产出、效益四部分框架评价，专家：{'、'.join(experts) or '未登记'}。")],
        [Sentence(pieces), said(f"{sums}。")],
        [Grid(rows, widths, "表1　专家评分", 1), *spread],
        words or [said("没有填写。")],
        [said(_joined(paper["advice"])) if paper["advice"] else said("没有填写。")],
        [said("专家打分相差过大的指标已在第四部分列出。" if spread else "没有。")],
    )
    parts = _parts(blocks)
    subtitle = [f"（{paper['year']} 年度重点评价）"]
    return Report(f"{paper['project_name']}重点绩效评价报告", subtitle, parts, paper["project_code"])
