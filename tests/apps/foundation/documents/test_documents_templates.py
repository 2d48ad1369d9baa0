"""Templates: hashes that tell every change, contexts that are plain data, packages without a time."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.foundation.documents import templates
from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.figures.sheet import dump, load, load_text, normal
from youju.foundation.documents.packing import repack
from youju.foundation.documents.templates import Figure, Origin, Template, context_hash, plain
from youju.foundation.kernel.errors import InputError

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


def _template(**fields: Any) -> Template:
    usual: dict[str, Any] = {
        "code": "test.paper",
        "title": "纸",
        "version": "1",
        "formats": ("docx", "pdf"),
        "render": lambda context, format: b"",
        "sources": (),
    }
    return Template(**{**usual, **fields})


def test_the_hash_tells_a_change_of_version_and_of_any_source(tmp_path: Path) -> None:
    source = tmp_path / "form.typ"
    source.write_text("one")
    first = _template(sources=(source,)).hash
    assert _template(sources=(source,)).hash == first
    assert _template(sources=(source,), version="2").hash != first
    source.write_text("two")
    assert _template(sources=(source,)).hash != first


@given(st.dictionaries(st.text(), _JSON, max_size=4))
def test_the_order_of_keys_does_not_change_the_hash_of_a_context(context: dict[str, Any]) -> None:
    assert context_hash(context) == context_hash(dict(reversed(context.items())))
    assert plain(context).isascii()


@pytest.mark.parametrize("value", [Decimal(1), b"x", {1, 2}, float("nan")])
def test_a_context_that_is_no_plain_data_is_a_fault_of_the_program(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        plain({"value": value})


def test_an_unknown_template_or_format_is_one_sentence() -> None:
    with pytest.raises(InputError, match=r"没有名为“test\.none”的文书模板") as caught:
        templates.template_of("test.none")
    assert caught.value.status == 404
    with pytest.raises(InputError) as caught:
        _template().check_format("odt")
    assert (str(caught.value), caught.value.status) == ("“纸”不能生成 odt 格式；可选 docx、pdf。", 400)


@pytest.mark.parametrize(("value", "code"), [("", "a.b"), ("5", "")])
def test_a_figure_has_a_value_and_a_code(value: str, code: str) -> None:
    with pytest.raises(ValueError, match="a figure has"):
        Figure(value, code)


@given(
    st.lists(st.builds(Figure, _WORDS, _WORDS, st.text(max_size=5), st.text(max_size=5), st.text(max_size=5)))
)
def test_the_list_of_figures_reads_back(figures: list[Figure]) -> None:
    sheet = FigureSheet(Origin("test.paper", "1", "a" * 64, "b" * 64), figures)
    assert load(dump(sheet)) == sheet


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"youju_figures": 99}', "[" * 100_000])
def test_a_list_of_unknown_make_is_none(text: str) -> None:
    assert load_text(text) is None


def test_a_broken_row_keeps_its_place() -> None:
    sheet = load({"youju_figures": 1, "figures": [["a", "1"], 7, [None, "3"], ["d", "4", "万元"]]})
    assert sheet is not None
    assert [(each.code, each.value) for each in sheet.figures] == [
        ("a", "1"),
        ("?", "?"),
        ("?", "3"),
        ("d", "4"),
    ]


@pytest.mark.parametrize(
    ("one", "other"), [(" 5.00 ", "5.00"), ("甲\r\n乙", "甲\n乙"), ("甲 \n 乙", "甲\n乙")]
)
def test_space_at_the_ends_is_no_change(one: str, other: str) -> None:
    assert normal(one) == normal(other)
    assert normal("5.00") != normal("5.0")


def test_repacking_takes_the_time_out_and_keeps_every_member() -> None:
    def package(year: int) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name in ("word/document.xml", "[Content_Types].xml"):
                archive.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), f"<{name}/>")
        return file.getvalue()

    assert repack(package(1999)) == repack(package(2026))
    with zipfile.ZipFile(io.BytesIO(repack(package(2026)))) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "word/document.xml"]
        assert archive.read("word/document.xml") == b"<word/document.xml/>"
