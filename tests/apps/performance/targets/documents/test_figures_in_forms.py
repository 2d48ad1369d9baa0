"""Figures of the official form: read back with their codes, and every change by hand is seen."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from targets_made import document, indicator, project
from youju.foundation.documents.figures import Found, State, read_figures, recognise
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import demo
from youju.performance.targets.documents import write_document
from youju.performance.targets.documents.official import FORM, form_context
from youju.performance.targets.imports import read_document

FORMATS = ("docx", "xlsx", "pdf")
_P = "13060523P00456310001Q"


def _made(format: str) -> bytes:
    return write_document(document(project()), format)  # type: ignore[arg-type]


def _by_code(content: bytes, format: str) -> dict[str, Found]:
    return {found.code: found for found in read_figures(content, f"表.{format}")}


def _edited(content: bytes, edit: Callable[[str, str], str]) -> bytes:
    """The package with each XML part changed by hand."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            changed = edit(name, part.decode()).encode() if name.endswith(".xml") else part
            new.writestr(name, changed)
    return file.getvalue()


@pytest.mark.parametrize("format", FORMATS)
def test_each_figure_says_what_it_measures(format: str) -> None:
    found = _by_code(_made(format), format)
    assert list(found) == [
        "targets.budget", "targets.fiscal", "targets.plan.03", "targets.plan.10", "targets.plan.12",
        f"targets.indicator:{_P}:1", f"targets.indicator:{_P}:2",
    ]  # fmt: skip
    budget, plan, row = found["targets.budget"], found["targets.plan.10"], found[f"targets.indicator:{_P}:1"]
    assert (budget.value, budget.unit, budget.period) == ("5.00", "万元", "2023")
    assert (plan.value, plan.unit, plan.period) == ("5.00", "万元", "2023-10")
    assert (row.value, row.unit, row.subject) == ("≥5户", "户", f"targets.project:{_P}")
    assert all(each.state is State.SAME and each.place for each in found.values())


@pytest.mark.parametrize("format", FORMATS)
def test_the_file_says_of_which_template_and_data_it_is(format: str) -> None:
    context = form_context(document(project()))
    reading = recognise(FORM.render(context, format), f"x.{format}")
    assert reading.origin == FORM.origin(context)
    assert reading.untouched
    assert recognise(_made(format), f"x.{format}").origin is None


@pytest.mark.parametrize("format", FORMATS)
def test_the_demo_year_reads_back_whole(format: str) -> None:
    facts = demo.document()
    reading = recognise(FORM.render(form_context(facts), format), f"x.{format}")
    amounts = [
        value
        for each in facts.projects
        for value in (each.budget, each.fiscal, each.other, *each.plan.values())
        if value
    ]
    values = [row.raw_value for each in facts.projects for row in each.indicators if row.raw_value.strip()]
    assert len(reading.figures) == len(amounts) + len(values)
    assert reading.untouched


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_data_make_the_same_bytes_in_any_process(format: str) -> None:
    code = (
        "import hashlib, sys\nfrom targets_made import document\n"
        "from youju.performance.targets.documents.official import FORM, form_context\n"
        "print(hashlib.sha256(FORM.render(form_context(document()), sys.argv[1])).hexdigest())"
    )
    tests = Path(__file__).resolve().parents[4]
    prints = {
        subprocess.run(
            [sys.executable, "-c", code, format],
            capture_output=True, text=True, check=True, cwd=tests, env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(prints) == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    raw=st.text(
        st.characters(codec="gb18030", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf")),
        min_size=1,
    )
)
def test_any_value_reads_back_from_word_and_excel(raw: str) -> None:
    facts = document(project(indicators=(indicator(raw_value=raw),)))
    for format in ("docx", "xlsx"):
        assert all(each.state is State.SAME for each in read_figures(write_document(facts, format), "x"))


@pytest.mark.parametrize("format", FORMATS)
def test_a_value_of_many_lines_and_pages_reads_back(format: str) -> None:
    facts = document(
        project(indicators=(indicator(raw_value="完成全部工作，" * 400), indicator(raw_value="甲\n乙")))
    )
    assert recognise(write_document(facts, format), "x").untouched  # type: ignore[arg-type]


def test_a_changed_number_in_word_is_seen() -> None:
    word = docx.Document(io.BytesIO(_made("docx")))
    word.tables[0].rows[1].cells[3].paragraphs[0].runs[0].text = "9.00"
    file = io.BytesIO()
    word.save(file)
    found = next(each for each in read_figures(file.getvalue(), "表.docx") if each.state is not State.SAME)
    assert (found.state, found.value, found.recorded) == (State.CHANGED, "9.00", "5.00")
    assert found.place == "第 1 张表第 2 行第 3 格"


def test_typing_over_a_whole_number_in_word_is_seen_by_its_cell() -> None:
    """Word takes a bookmark away with the text that it held."""

    def retype(name: str, part: str) -> str:
        if name != "word/document.xml":
            return part
        part = re.sub(r'<w:bookmarkStart w:id="\d+" w:name="_youju_figure_1"/>', "", part)
        return part.replace(">5.00<", ">8.00<", 1)

    found = _by_code(_edited(_made("docx"), retype), "docx")
    assert (found["targets.budget"].state, found["targets.budget"].value) == (State.CHANGED, "8.00")
    assert found["targets.fiscal"].state is State.SAME


def test_a_program_that_drops_bookmarks_changes_nothing() -> None:
    found = _by_code(
        _edited(_made("docx"), lambda _, part: re.sub(r"<w:bookmark(Start|End)[^>]*>", "", part)), "docx"
    )
    assert {each.state for each in found.values()} == {State.SAME}


def test_a_row_deleted_in_word_is_seen() -> None:
    word = docx.Document(io.BytesIO(_made("docx")))
    row = word.tables[1].rows[2]._tr
    row.getparent().remove(row)
    file = io.BytesIO()
    word.save(file)
    found = _by_code(file.getvalue(), "docx")[f"targets.indicator:{_P}:2"]
    assert (found.state, found.value, found.recorded) == (State.MISSING, "", "≥5户")


def test_text_deleted_under_tracking_is_not_seen() -> None:
    def delete(name: str, part: str) -> str:
        run = re.compile(r'(w:name="_youju_figure_1"/>)(<w:r>)<w:t ([^>]*)>5\.00</w:t></w:r>')
        old = '<w:del w:id="1"><w:r><w:delText>5.00</w:delText></w:r></w:del>'
        new = rf'\1{old}<w:ins w:id="2"><w:r><w:t>6.00</w:t></w:r></w:ins>'
        return run.sub(new, part) if name == "word/document.xml" else part

    found = _by_code(_edited(_made("docx"), delete), "docx")["targets.budget"]
    assert (found.state, found.value) == (State.CHANGED, "6.00")


def _retyped(name: str, part: str, cell: str) -> str:
    """The cell C5 of the first project, typed anew; the others keep the text that they share."""
    if name != "xl/worksheets/sheet2.xml":
        return part
    part, count = re.subn(r'<c r="C5" s="(\d+)" t="s"><v>\d+</v></c>', cell, part)
    assert count == 1
    return part


def test_a_changed_cell_in_excel_is_seen_wherever_it_went() -> None:
    """Excel renames a sheet in the names as well, and moves them with their cells."""

    def edit(name: str, part: str) -> str:
        if name == "xl/workbook.xml":
            part = part.replace("1.国贸中心法律顾问费", "改了名")
        return _retyped(name, part, r'<c r="C5" s="\1" t="inlineStr"><is><t>7.00</t></is></c>')

    found = _by_code(_edited(_made("xlsx"), edit), "xlsx")
    assert (found["targets.budget"].state, found["targets.budget"].value) == (State.CHANGED, "7.00")
    assert found["targets.budget"].place == "工作表“改了名”C5"
    assert [each.code for each in found.values() if each.state is not State.SAME] == ["targets.budget"]


def test_a_deleted_row_in_excel_leaves_its_figure_missing() -> None:
    def delete(name: str, part: str) -> str:
        pattern = re.compile(r'(<definedName name="figure_1">)[^<]*')
        return pattern.sub(r"\1'1.国贸中心法律顾问费'!#REF!", part) if name == "xl/workbook.xml" else part

    assert _by_code(_edited(_made("xlsx"), delete), "xlsx")["targets.budget"].state is State.MISSING


def test_a_number_typed_as_a_number_counts_by_what_is_shown() -> None:
    def edit(name: str, part: str) -> str:
        if name == "xl/styles.xml":
            # Every cell that was text shows two decimals.
            part = part.replace('<xf numFmtId="164"', '<xf numFmtId="2"')
        return _retyped(name, part, r'<c r="C5" s="\1"><v>5</v></c>')

    assert _by_code(_edited(_made("xlsx"), edit), "xlsx")["targets.budget"].state is State.SAME


def test_other_words_in_the_place_of_a_pdf_figure_are_seen() -> None:
    """The attached list of one file in another: the words on the page are not the listed ones."""
    from youju.foundation.documents.figures import paper
    from youju.foundation.documents.reading.limits import limits_today

    _, before = paper.read(_made("pdf"), "x", limits_today())
    other = write_document(document(project(budget="6.66")), "pdf")
    _, after = paper.read(other, "x", limits_today())
    assert (before[0].text, after[0].text) == ("5.00", "6.66")


@pytest.mark.parametrize(
    ("value", "pages", "same"),
    [
        ("甲乙丙", ["甲乙丙"], True),
        ("甲乙丙", ["甲乙"], False),
        ("甲乙丙", ["甲", "乙", "丙"], True),
        ("甲乙丙", ["甲", "表头乙", "表头丙"], True),
        ("甲乙丙", ["甲", "表头乙", "表尾丙"], False),
        ("甲乙丙", ["甲", "表头乙丁"], False),
        ("甲甲", ["甲", ""], False),
        ("5.00", ["6.66"], False),
    ],
)
def test_a_value_over_pages_may_have_the_heading_before_it(value: str, pages: list[str], same: bool) -> None:
    from youju.foundation.documents.figures.paper import _stands_in

    assert _stands_in(value, pages) is same


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "空.docx", "文件是空的"),
        ("只是文字".encode(), "a.txt", "这种文件里不会有带代码的数字"),
        (b"<html><body>x", "a.html", "这种文件里不会有带代码的数字"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "png 图片"),
        (b"%PDF-1.7 broken", "a.pdf", "pdf 已损坏"),
        (b"PK\x03\x04broken", "a.docx", "文件不完整或已损坏"),
    ],
)
def test_an_unusable_file_is_one_sentence(content: bytes, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_figures(content, name)


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_of_another_make_says_so(format: str) -> None:
    content = _made(format)
    if format == "pdf":
        import typst

        content = bytes(typst.compile(b"#set page(width: 5cm)\nx", format="pdf"))
    else:
        content = _edited(
            content,
            lambda _, part: part.replace("urn:youju:figures", "urn:other").replace("_youju_figures", "other"),
        )
        assert read_document(content, f"x.{format}").projects
    with pytest.raises(InputError, match="文件里没有带代码的数字"):
        read_figures(content, f"x.{format}")


@pytest.mark.parametrize("format", ["docx", "xlsx"])
@pytest.mark.parametrize("where", [0.2, 0.5, 0.8])
def test_a_truncated_file_is_one_sentence(format: str, where: float) -> None:
    content = _made(format)
    with pytest.raises(InputError):
        read_figures(content[: int(len(content) * where)], f"x.{format}")


def test_data_that_are_no_form_are_one_sentence() -> None:
    good = json.loads(json.dumps(form_context(document(project()))))
    for bad in ({}, {"document": {"projects": 1}}, {**good, "as_of": "2023-13-01"}):
        with pytest.raises(InputError, match="表里的数据不完整"):
            FORM.render(bad, "docx")
    with pytest.raises(InputError, match="文件里没有这个项目"):
        FORM.render({**good, "projects": ["ZZZ"]}, "xlsx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice 没有安装")
@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_figures_survive_libreoffice(format: str, tmp_path: Path) -> None:
    source = tmp_path / f"in.{format}"
    source.write_bytes(_made(format))
    subprocess.run(
        ["soffice", "--headless", "--convert-to", format, "--outdir", str(tmp_path / "out"), str(source)],
        check=True, capture_output=True, timeout=180, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    found = read_figures((tmp_path / "out" / f"in.{format}").read_bytes(), source.name)
    assert found and {each.state for each in found} == {State.SAME}
