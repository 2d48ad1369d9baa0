"""The Word form: headings, paper, fonts, tables that break well, merged cells."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from docx.oxml.ns import qn

from targets_made import document, indicator, project
from youju.performance.targets.documents import write_document
from youju.rules.performance.targets.facts import TargetDocument


def _open(facts: TargetDocument, **options: Any) -> Any:
    return docx.Document(io.BytesIO(write_document(facts, "docx", **options)))


def _headings(word: Any) -> list[tuple[int, str]]:
    """Level and text of what Word's navigation pane shows."""
    found = []
    for paragraph in word.paragraphs:
        style = paragraph.style
        while style is not None and not style.name.startswith("Heading"):
            style = style.base_style
        if style is not None:
            found.append((int(style.name[-1]), paragraph.text))
    return found


def test_the_navigation_pane_shows_parts_sections_and_projects() -> None:
    assert _headings(_open(document(project(), project(code="A2", name="事务资金")))) == [
        (1, "第一部分　部门整体绩效目标"),
        (2, "一、总体绩效目标"),
        (2, "二、分项绩效目标"),
        (3, "（一）提升试点能级"),
        (2, "三、工作保障措施"),
        (1, "第二部分　预算项目绩效目标"),
        (2, "1.国贸中心法律顾问费绩效目标表"),
        (2, "2.事务资金绩效目标表"),
    ]


def test_paper_properties_and_page_number() -> None:
    word = _open(document())
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert " PAGE " in section.footer._element.xml
    assert word.core_properties.title == "2023年部门预算绩效目标"
    assert word.core_properties.author == "保定白沟新城国际贸易服务中心（本级）"
    assert [p.text for p in word.paragraphs if "\t" in p.text] == [
        "304001保定白沟新城国际贸易服务中心（本级）\t单位：万元"
    ]


def test_every_style_that_is_used_names_a_chinese_font() -> None:
    word = _open(document())
    used = {p.style.name for p in word.paragraphs} | {
        p.style.name for table in word.tables for cell in table._cells for p in cell.paragraphs
    }
    for name in used:
        fonts = word.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in ("宋体", "黑体", "楷体", "仿宋"), name
        assert not any(attribute.endswith("Theme") for attribute in fonts.attrib), name


def test_the_header_row_repeats_and_no_row_is_split() -> None:
    head, rows = _open(document(project(rows=9))).tables
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows.rows] == [True] + [False] * 9
    for table in (head, rows):
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_row_longer_than_a_page_may_split() -> None:
    _, rows = _open(document(project(indicators=(indicator(description="说明" * 2000),)))).tables
    assert rows.rows[1]._tr.trPr.find(qn("w:cantSplit")) is None


def test_equal_names_merge_only_where_their_rows_touch() -> None:
    rows = (
        indicator("产出指标", "数量指标"),
        indicator("产出指标", "数量指标"),
        indicator("效益指标", "数量指标"),
        indicator("产出指标", "数量指标"),
    )
    _, table = _open(document(project(indicators=rows))).tables
    merges = [
        [cell.find(".//" + qn("w:vMerge")) is not None for cell in row._tr.tc_lst[:2]] for row in table.rows
    ]
    assert merges == [[False, False], [True, True], [True, True], [False, False], [False, False]]
    assert [table.cell(row, 0).text for row in range(1, 5)] == [
        "产出指标",
        "产出指标",
        "效益指标",
        "产出指标",
    ]


def test_a_grid_adds_up_in_every_row() -> None:
    months = {f"{month:02d}": None for month in (3, 5, 6, 9, 10, 12)}
    for table in _open(document(project(plan=months))).tables:
        width = len(table._tbl.tblGrid.gridCol_lst)
        assert {sum(cell.grid_span for cell in row._tr.tc_lst) for row in table.rows} == {width}


def test_what_looks_like_markup_stays_text() -> None:
    text = '<w:p/>&amp; "引号" {{ 1 }}'
    content = write_document(document(project(purpose=text)), "docx")
    assert text in [cell.text for cell in docx.Document(io.BytesIO(content)).tables[0]._cells]


def test_pictures_come_with_captions_and_descriptions() -> None:
    content = write_document(document(), "docx", pictures=True)
    word = docx.Document(io.BytesIO(content))
    assert [p.text for p in word.paragraphs][-4:] == [
        "",
        "图1　各项目预算数（万元）",
        "",
        "图2　各项目支出计划占预算数的比例",
    ]
    descriptions = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert descriptions == [
        "各项目预算数（万元），共 1 个项目，按预算数从大到小",
        "各项目支出计划占预算数的比例与序时进度，共 1 个项目",
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert sum(name.startswith("word/media/") for name in package.namelist()) == 2
