"""The same content in every format gives the same facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from apps.performance.targets.imports import official_forms as forms
from youju.performance.targets.imports import read_document, read_path
from youju.rules.performance.targets.facts import TargetDocument

FORMATS: dict[str, Callable[[TargetDocument], bytes]] = {
    "docx, two tables a project": forms.docx,
    "docx, one table a project": lambda document: forms.docx(document, one_table=True),
    "docx with a column of points": lambda document: forms.docx(document, extra="分值"),
    "xlsx, a sheet a project": forms.xlsx,
    "xlsx, one sheet": lambda document: forms.xlsx(document, one_sheet=True),
    "xlsx without merged cells": lambda document: forms.xlsx(document, merged=False),
    "html": lambda document: forms.html(document).encode(),
    "html in gb2312": lambda document: forms.html(document).replace("utf-8", "gb2312").encode("gb18030"),
    "text": lambda document: forms.text(document).encode(),
    "text with a byte order mark": lambda document: forms.text(document).encode("utf-8-sig"),
    "text in GB18030": lambda document: forms.text(document).encode("gb18030"),
    "text in UTF-16": lambda document: forms.text(document).encode("utf-16"),
    "text with Windows line ends": lambda document: forms.text(document).replace("\n", "\r\n").encode(),
    "pdf": forms.pdf,
    "pdf, tables cut by low pages": lambda document: forms.pdf(document, height="100mm"),
}


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS.keys())
def test_a_form_reads_the_same_in_every_format(write: Callable[[TargetDocument], bytes]) -> None:
    document = forms.example()
    assert read_document(write(document), "表") == document


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS.keys())
def test_the_sample_reads_the_same_in_every_format(
    write: Callable[[TargetDocument], bytes], shared: Path
) -> None:
    document = read_path(shared / "samples" / "budget-performance-2023.txt")
    assert read_document(write(document), "样例") == document


def test_cost_as_a_first_level_of_its_own_is_the_schema_of_2021() -> None:
    example = forms.example()
    rows = (
        forms.indicator("成本指标", "经济成本指标", "总成本", "全部支出", "≤45万元", "批复"),
        forms.indicator("成本指标", "社会成本指标", "投诉", "投诉件数", "≤3件", "台账"),
        forms.indicator("成本指标", "生态环境成本指标", "能耗", "单位能耗", "≤5%", "台账"),
        *example.projects[1].indicators,
    )
    document = replace(
        example,
        document=replace(example.document, schema="mof-2021"),
        projects=(replace(example.projects[1], indicators=rows),),
    )
    for name, write in FORMATS.items():
        assert read_document(write(document), "表") == document, name


@pytest.mark.parametrize("count", [1, 2, 40])
def test_one_to_forty_rows_under_any_second_level(count: int) -> None:
    example = forms.example()
    rows = tuple(
        forms.indicator(
            "产出指标",
            f"{'数量质量'[number % 2 * 2 :][:2]}指标",
            f"名称{number}",
            "口径",
            f"≥{number}个",
            "方案",
        )
        for number in range(count)
    )
    document = replace(example, projects=(replace(example.projects[0], indicators=rows),))
    for name, write in FORMATS.items():
        assert read_document(write(document), "表") == document, name
