"""Whatever the bytes, reading ends in blocks or in an ``InputError``; nothing else may come out."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.performance.targets.imports import official_forms as forms
from youju.foundation.kernel.errors import InputError
from youju.performance.targets.imports import read_document

HEADS = (
    b"",
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"<html>",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\t\xe9",
    b"|",
)
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def reads(content: bytes) -> None:
    try:
        read_document(content, "文件")
    except InputError as error:
        assert str(error).endswith("。")


@SLOW
@given(st.sampled_from(HEADS), st.binary(max_size=300))
def test_any_bytes(head: bytes, rest: bytes) -> None:
    reads(head + rest)


@SLOW
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    reads(text.encode("utf-8", "surrogatepass"))


@SLOW
@given(
    st.lists(
        st.sampled_from(
            [
                *forms.COLUMNS,
                "项目编码",
                "预算数",
                "3月底",
                "绩效目标",
                "X1",
                "1.甲",
                "",
                " ",
                "单位：元",
                "\n",
            ]
        ),
        max_size=40,
    ),
    st.data(),
)
def test_any_order_of_labels(words: list[str], data: st.DataObject) -> None:
    marks = data.draw(
        st.lists(
            st.sampled_from(["\n\t", "\n\n\t", "\t", "\n", "\n \n"]), min_size=len(words), max_size=len(words)
        )
    )
    reads("".join(mark + word for mark, word in zip(marks, words, strict=True)).encode())


@SLOW
@given(st.data())
def test_any_html_table(data: st.DataObject) -> None:
    tags = st.sampled_from(
        [
            "<table>",
            "</table>",
            "<tr>",
            "</td>",
            "<td rowspan=3>",
            "<td colspan=9999>",
            "<td rowspan=0>",
            "<p>",
            "<br>",
            "一级指标",
            "二级指标",
            "指标值",
            "项目编码",
            "X1",
            "<td>",
        ]
    )
    reads(b"<html>" + "".join(data.draw(st.lists(tags, max_size=40))).encode())


@pytest.fixture(scope="module")
def originals() -> dict[str, bytes]:
    example = forms.example()
    return {"docx": forms.docx(example), "xlsx": forms.xlsx(example), "pdf": forms.pdf(example)}


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_mutated_files(originals: dict[str, bytes], kind: str, data: st.DataObject) -> None:
    content = bytearray(originals[kind])
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    reads(bytes(content))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_mutated_parts(originals: dict[str, bytes], kind: str, data: st.DataObject) -> None:
    """The zip stays whole, the XML inside does not."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(originals[kind])) as source, zipfile.ZipFile(buffer, "w") as target:
        chosen = data.draw(
            st.sampled_from([name for name in source.namelist() if name.endswith((".xml", ".rels"))])
        )
        for name in source.namelist():
            part = bytearray(source.read(name))
            if name == chosen:
                for _ in range(data.draw(st.integers(1, 6))):
                    place = data.draw(st.integers(0, len(part) - 1))
                    new = data.draw(
                        st.sampled_from([b"", b"<", b">", b"0", b"99999999", b'"', b"w:", b"\x00"])
                    )
                    part[place : place + data.draw(st.integers(0, 40))] = new
            target.writestr(name, bytes(part))
    reads(buffer.getvalue())


def test_an_empty_document_is_no_traceback() -> None:
    buffer = io.BytesIO()
    Document().save(buffer)
    with pytest.raises(InputError, match="没有找到绩效目标表"):
        read_document(buffer.getvalue(), "空.docx")
