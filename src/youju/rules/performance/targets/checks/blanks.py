"""Cells that were left blank, and white space where none belongs."""

from __future__ import annotations

import re

from youju.rules.findings import Finding, Severity
from youju.rules.performance.targets.cases import ProjectCase, RowCase
from youju.rules.performance.targets.checks.places import FORM_DAY, LawOf
from youju.rules.registry import rule

_ODD_SPACE = re.compile(r"^\s|\s$|[　\t\r\n\xa0]| {2,}|\d \d")
_ROW_CELLS = (
    ("level3", "三级指标"),
    ("description", "绩效指标描述"),
    ("raw_value", "指标值"),
    ("basis", "指标值确定依据"),
)


@rule(
    "TGT-006",
    title="表头各项不留空白",
    basis="mof-2015-88#contents",
    since=FORM_DAY,
    severity=Severity.ERROR,
    scope="project",
)
def head_has_no_blank(project: ProjectCase, _law: LawOf) -> list[Finding]:
    """项目编码、名称、预算数、资金来源、用途、绩效目标和指标都要填写。

    其他资金 may stay blank as long as 财政资金 is stated, and the other way round.
    """
    facts = project.facts
    cells = (
        ("code", "项目编码", facts.code.strip()),
        ("name", "项目名称", facts.name.strip()),
        ("budget", "预算数", facts.budget),
        ("fiscal", "资金来源（财政资金和其他资金）", facts.fiscal or facts.other),
        ("purpose", "资金用途", facts.purpose.strip()),
        ("goals", "绩效目标", any(goal.strip() for goal in facts.goals)),
        ("indicators", "绩效指标", facts.indicators),
    )
    return [
        project.says(f"{label}没有填写。", f"补填{label}。", field)
        for field, label, content in cells
        if not content
    ]


@rule(
    "TGT-035",
    title="指标行各格不留空白",
    basis="mof-2015-88#contents",
    since=FORM_DAY,
    severity=Severity.ERROR,
    scope="row",
)
def row_has_no_blank(row: RowCase, _law: LawOf) -> Finding | None:
    """每行指标的三级指标、描述、指标值和确定依据都要填写，不适用的指标整行删去。"""
    blank = [(field, label) for field, label in _ROW_CELLS if not getattr(row.indicator, field).strip()]
    if not blank:
        return None
    labels = "、".join(label for _, label in blank)
    return row.says(f"{labels}没有填写。", f"补填{labels}；这一行不适用就整行删去。", blank[0][0])


@rule(
    "TGT-031",
    title="指标值里没有多余空白",
    basis="house#wording",
    since=FORM_DAY,
    severity=Severity.HINT,
    scope="row",
)
def value_has_no_odd_space(row: RowCase, _law: LawOf) -> Finding | None:
    """指标值首尾和数字中间不留空格，否则汇总和比对时会被当作不同的值。

    Reading a document strips the ends of every cell (interfaces, ``targets read``), so white space at the
    ends is seen only in values typed into the application or handed over as JSON. One space between sign,
    number and unit is normal typesetting and passes.
    """
    raw = row.indicator.raw_value
    if not raw or not _ODD_SPACE.search(raw):
        return None
    clean = re.sub(r"\s+", "", raw)
    return row.says(f"指标值“{raw}”含多余的空格或换行。", f"改为“{clean}”。")
