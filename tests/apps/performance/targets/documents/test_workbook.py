"""The workbook: sheets and their names, merged cells, strings that stay strings, print set-up."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from targets_made import document, indicator, project
from youju.foundation.kernel.errors import InputError
from youju.performance.targets.documents import write_document
from youju.performance.targets.documents.workbook import sheet_name
from youju.rules.performance.targets.facts import TargetDocument

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _open(facts: TargetDocument) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(write_document(facts, "xlsx")))


def _part(facts: TargetDocument, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(write_document(facts, "xlsx"))) as package:
        return etree.fromstring(package.read(name))


def test_one_sheet_for_the_department_and_one_for_each_project() -> None:
    workbook = _open(document(project(), project(code="A2", name="事务/资金[2023]：*甲*")))
    shown = [each.name for each in workbook.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
    assert shown == ["部门绩效目标", "1.国贸中心法律顾问费", "2.事务_资金_2023_：_甲_"]
    # The list of figures stands last, where Excel does not offer to show it.
    hidden = workbook.sheets_metadata[-1]
    assert (hidden.name, hidden.visible) == ("_youju_figures", SheetVisibleEnum.VeryHidden)
    lines = [row[0] for row in workbook.get_sheet_by_index(0).to_python()]
    assert lines[:5] == [
        "2023年部门预算绩效目标",
        "304001保定白沟新城国际贸易服务中心（本级）",
        "单位：万元",
        "第一部分　部门整体绩效目标",
        "一、总体绩效目标",
    ]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("a" * 40, "a" * 31),
        ("'引'号'", "引'号"),
        ("[]:*?/\\", "_______"),
        ("", "_"),
        ("😀" * 20, "😀" * 15),
        ("History", "History(2)"),
    ],
)
def test_a_sheet_name_is_one_that_excel_takes(wanted: str, name: str) -> None:
    assert sheet_name(wanted, set()) == name


def test_sheet_names_are_unique_whatever_the_case() -> None:
    taken: set[str] = set()
    names = [sheet_name(wanted, taken) for wanted in ("Abc", "aBC", "x" * 40, "X" * 35, "x" * 31)]
    assert names == ["Abc", "aBC(2)", "x" * 31, "X" * 28 + "(2)", "x" * 28 + "(3)"]


def test_amounts_and_formulas_are_strings() -> None:
    awkward = indicator(
        description="=1+1", raw_value="@SUM(A1)", basis="http://example.invalid/", level3="00123"
    )
    facts = document(project(indicators=(awkward,)))
    rows = _open(facts).get_sheet_by_index(1).to_python()
    flat = [value for row in rows for value in row]
    for expected in ("5.00", "=1+1", "@SUM(A1)", "00123", "http://example.invalid/"):
        assert expected in flat
    assert all(isinstance(value, str) for value in flat)
    sheet = _part(facts, "xl/worksheets/sheet2.xml")
    assert {cell.get("t") for cell in sheet.iter(f"{_MAIN}c")} == {"s", None}
    assert not list(sheet.iter(f"{_MAIN}f"))
    assert not list(sheet.iter(f"{_MAIN}hyperlink"))


def test_equal_names_are_merged_cells() -> None:
    sheet = _part(document(project(rows=9)), "xl/worksheets/sheet2.xml")
    merged = {cell.get("ref") for cell in sheet.iter(f"{_MAIN}mergeCell")}
    # Part, title and unit line take rows 1-3, the head 4-9, a free row, the header 11, the indicators 12-20.
    assert {"A1:G1", "A2:G2", "A5:A6", "A12:A15", "A16:A19", "F11:G11", "F20:G20"} <= merged
    assert not any(ref.startswith("B12") for ref in merged)


def test_it_prints_on_a4_one_page_wide_with_the_header_repeated() -> None:
    facts = document(project(rows=40))
    sheet = _part(facts, "xl/worksheets/sheet2.xml")
    setup = next(sheet.iter(f"{_MAIN}pageSetup"))
    assert (setup.get("paperSize"), setup.get("fitToHeight")) == ("9", "0")
    assert next(sheet.iter(f"{_MAIN}pageSetUpPr")).get("fitToPage") == "1"
    names = {
        name.get("name"): name.text for name in _part(facts, "xl/workbook.xml").iter(f"{_MAIN}definedName")
    }
    marks = {name for name in names if name.startswith("figure_")}
    assert {name: names[name] for name in names.keys() - marks} == {
        "_xlnm.Print_Titles": "'1.国贸中心法律顾问费'!$11:$11"
    }
    # Budget, fiscal money, three plan points, and the forty rows.
    assert len(marks) == 45


def test_a_text_that_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(InputError, match="文字有 32768 个字，Excel 的一格最多 32767 个"):
        write_document(document(project(purpose="字" * 32_768)), "xlsx")
