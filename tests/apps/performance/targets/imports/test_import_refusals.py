"""Documents that are readable and yet no document of targets: one Chinese sentence each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from apps.performance.targets.imports import official_forms as forms
from youju.foundation.kernel.errors import InputError
from youju.performance.targets.imports import read_document


def refusal(content: bytes, name: str = "文件.docx") -> str:
    with pytest.raises(InputError) as error:
        read_document(content, name)
    return str(error.value)


def html(*tables: list[list[str]]) -> bytes:
    rows = ["".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in table) for table in tables]
    return f"<html>{''.join(f'<table>{row}</table>' for row in rows)}".encode()


HEADER = list(forms.COLUMNS)
ROW = ["产出指标", "数量指标", "次数", "次数", "≥4次", "方案"]


def test_a_document_without_target_tables() -> None:
    mend = "表里应有“项目编码”和“一级指标、二级指标、三级指标、指标值”等栏目，请核对是否选对了文件"
    sentence = f"文件.docx：没有找到绩效目标表；{mend}。"
    assert refusal("会议通知\n请各单位参加。".encode()) == sentence
    assert refusal(html([["姓名", "电话"], ["张三", "123"]])) == sentence


def test_two_tables_with_one_project_code() -> None:
    example = forms.example()
    twin = replace(example.projects[1], code=example.projects[0].code)
    content = forms.docx(replace(example, projects=(example.projects[0], twin)))
    assert refusal(content) == (
        "文件.docx：项目编码 13060523P00456310001Q 出现了两次：第 1 张表和第 3 张表；请更正其中一个编码，或删去重复的表。"
    )


def test_a_table_without_a_project_code() -> None:
    sentence = "这张表没有项目编码；请在“项目编码”右边的一格填写编码。"
    assert refusal(html([HEADER, ROW])) == f"文件.docx，第 1 张表：{sentence}"
    named = [["项目名称", "甲", "预算数", "5"], HEADER, ROW]
    assert refusal(html(named)) == f"文件.docx，第 1 张表：{sentence}"
    blank = [["项目编码", "", "项目名称", "甲"], HEADER, ROW]
    assert refusal(html(blank)) == f"文件.docx，第 1 张表：{sentence}"
    coded = [["项目编码", "X1", "项目名称", "乙"], HEADER, ROW]
    assert refusal(html(coded, named)) == f"文件.docx，第 2 张表：{sentence}"


def test_a_project_without_indicators() -> None:
    sentence = refusal(html([["项目编码", "X1", "项目名称", "甲"]]))
    assert sentence.startswith("文件.docx，第 1 张表（项目编码 X1）：这个项目没有指标表；")


def test_a_header_without_values() -> None:
    sentence = refusal(html([["项目编码", "X1", "项目名称", "甲"], HEADER[:4], ROW[:4]]))
    assert sentence.startswith("文件.docx，第 1 张表第 2 行：指标表的表头里没有“指标值”；")


def test_a_ragged_row_of_text_is_named_and_not_guessed() -> None:
    lines = forms.text(forms.example()).replace(
        "\t产出指标\n\t数量指标\n\t培训次数\n\t全年培训次数", "\t产出指标\n\t数量指标", 1
    )
    sentence = refusal(lines.encode(), "表.txt")
    assert sentence.startswith(
        "表.txt，第 2 张表第 2 行（“产出指标”）：这一行有 4 格，表头有 6 格；请补齐缺少的单元格后再试"
    )


@pytest.mark.parametrize("length", [1, 400, 9000])
def test_a_truncated_docx(length: int) -> None:
    content = forms.docx(forms.example())
    assert "；" in refusal(content[: min(length + 4, len(content) - 9)])
