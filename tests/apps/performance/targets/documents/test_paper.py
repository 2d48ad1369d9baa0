"""The PDF: text that can be taken out again, an embedded Chinese font, bookmarks, headers that repeat."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pytest

from targets_made import document, indicator, project
from youju.foundation.documents import fonts
from youju.performance.targets.documents import write_document
from youju.rules.performance.targets.facts import TargetDocument


def _pages(facts: TargetDocument) -> list[str]:
    with pdfplumber.open(io.BytesIO(write_document(facts, "pdf"))) as pdf:
        return [page.extract_text() for page in pdf.pages]


def test_text_and_page_numbers_can_be_taken_out() -> None:
    pages = _pages(document())
    assert "2023年部门预算绩效目标" in pages[0]
    assert pages[0].endswith("— 1 —")
    assert "1.国贸中心法律顾问费绩效目标表" in pages[1]
    assert "13060523P00456310001Q" in pages[1]


def test_the_font_is_inside_and_the_outline_names_the_projects() -> None:
    with pdfplumber.open(io.BytesIO(write_document(document(), "pdf"))) as pdf:
        assert all("+" in char["fontname"] for page in pdf.pages for char in page.chars)
        titles = [title for _, title, *_ in pdf.doc.get_outlines()]
    assert titles[-2:] == ["第二部分　预算项目绩效目标", "1.国贸中心法律顾问费绩效目标表"]


def test_the_header_repeats_on_every_page_of_a_long_table() -> None:
    pages = _pages(document(project(rows=40)))
    tables = [page for page in pages[1:] if "新增备案" in page]
    assert len(tables) > 1
    assert all("一级指标 二级指标 三级指标" in page for page in tables)


@pytest.mark.parametrize(
    "text",
    ["#set page(width: 1pt)", "$x^2$ *粗* _斜_ `码`", "= 标题", "\\u{1F600} @引用 <标签>", '"#panic()'],
)
def test_what_looks_like_markup_stays_text(text: str) -> None:
    pages = _pages(document(project(name=text, indicators=(indicator(description=text),))))
    found = "".join("".join(pages).split())
    # Once in the heading, once in the head, once in the row.
    assert found.count("".join(text.split())) >= 1
    assert len(pages) == 2


def test_a_row_longer_than_a_page_goes_on_over_it() -> None:
    pages = _pages(document(project(indicators=(indicator(description="说明" * 1500 + "完"),))))
    assert "".join(pages).count("说") >= 1400
    assert any("完" in page for page in pages[2:])


def test_the_wheels_font_serves_where_the_system_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts.cjk_font.cache_clear()
    monkeypatch.setattr(fonts, "installed", list)
    try:
        content = write_document(document(), "pdf")
    finally:
        fonts.cjk_font.cache_clear()
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert {char["fontname"].split("+")[1] for char in pdf.pages[0].chars} == {"NotoSansSC-Regular"}
        assert "第一部分" in pdf.pages[0].extract_text()


def test_the_template_lies_beside_the_code() -> None:
    from youju.performance.targets.documents import paper

    assert Path(paper.__file__).with_name("form.typ").is_file()
