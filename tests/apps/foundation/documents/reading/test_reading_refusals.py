"""Files that cannot be read: each one Chinese sentence that says what, where and how to mend it; never a traceback."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from youju.foundation.documents.reading import file_bytes, limits_today, read_blocks
from youju.foundation.kernel.errors import InputError

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(64)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>'
)


def refusal(content: bytes, name: str = "文件.docx") -> str:
    with pytest.raises(InputError) as error:
        read_blocks(content, name)
    return str(error.value)


def package(parts: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return buffer.getvalue()


def docx(body: str = "<w:p><w:r><w:t>字</w:t></w:r></w:p>", before: str = "") -> bytes:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = (
        f'<?xml version="1.0"?>{before}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    )
    return package({"_rels/.rels": RELATIONS.format("word/document.xml"), "word/document.xml": document})


def protected_docx() -> bytes:
    import msoffcrypto

    plain, locked = io.BytesIO(), io.BytesIO()
    Document().save(plain)
    msoffcrypto.OfficeFile(plain).encrypt("密码", locked)
    return locked.getvalue()


def pdf(*objects: bytes) -> bytes:
    """A pdf of the given objects, without a cross-reference table (readers rebuild it)."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, item) for number, item in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF" % (len(objects) + 1)


def pdf_page(content: bytes, extra: bytes = b"") -> bytes:
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << %s >> >>"
        % extra,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        b"\nstream\n\x00\nendstream",
    )


SCANNED = pdf_page(b"q 200 0 0 200 20 20 cm /Im1 Do Q", b"/XObject << /Im1 5 0 R >>")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件.docx：文件是空的；"),
        (b" \r\n\t", "文件.docx：文件是空的；"),
        (b"\xef\xbb\xbf\n", "文件.docx：文件是空的；"),
        (JPEG, "文件.docx：这是jpeg 图片，不是可读的文档；"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "这是png 图片"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "这是webp 图片"),
        (b"Rar!\x1a\x07\x00", "这是rar 压缩包"),
        (b"{\\rtf1\\ansi}", "这是rtf 文件"),
        (protected_docx(), "文件.docx：文件受密码保护，读不了；请在 Word 或 WPS 里取消密码后另存一份。"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "这是旧版 Office（doc、xls、wps、et）文件；请另存为 docx 或 xlsx",
        ),
        (bytes(range(256)) * 8, "这不是可读的文本，也不是认识的文档格式；"),
        (docx()[:-40], "文件不完整或已损坏（压缩结构读不出来）；"),
        (docx()[:60], "文件不完整或已损坏（压缩结构读不出来）；"),
        (package({"readme.txt": "x"}), "这是压缩包，里面没有 Word 或 Excel 文档；"),
        (package({}), "这是压缩包，里面没有 Word 或 Excel 文档；"),
        (
            package(
                {"_rels/.rels": RELATIONS.format("ppt/presentation.xml"), "ppt/presentation.xml": "<a/>"}
            ),
            "这是演示文稿",
        ),
        (package({"mimetype": "x", "content.xml": "<a/>"}), "这是 OpenDocument（odt、ods）文件；"),
        (package({"word/document.xml": "<w:document"}), "文件已损坏（其中的 word/document.xml 读不出来）；"),
        (package({"word/document.xml": ""}), "文件已损坏（其中的 word/document.xml 读不出来）；"),
        (package({"word/document.xml": "<a/>"}), "文件已损坏（其中的 word/document.xml 读不出来）；"),
        (b"%PDF-1.7\nnothing", "pdf 已损坏，读不出来；"),
        (
            SCANNED,
            "文件.docx：pdf 里只有图片，没有文字（可能是扫描件）；请提供带文字的 pdf，或 docx、xlsx 原件。",
        ),
        (pdf_page(b""), "pdf 里没有文字；"),
    ],
)
def test_a_file_that_is_no_document_is_refused_by_name(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_a_protected_pdf_is_refused() -> None:
    locked = pdf_page(b"").replace(
        b"trailer << ",
        b"trailer << /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"00" * 32
        + b"> /U <"
        + b"11" * 32
        + b"> >> ",
    )
    assert "pdf 受密码保护，读不了；" in refusal(locked, "表.pdf")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = docx(f"<w:p><w:r><w:t>{'0' * 60_000_000}</w:t></w:r></w:p>")
    assert len(bomb) < 100_000
    assert "疑似压缩炸弹，没有读取；" in refusal(bomb)


def test_a_bomb_whose_directory_lies_is_refused_too() -> None:
    content = bytearray(docx(f"<w:p><w:r><w:t>{'0' * 60_000_000}</w:t></w:r></w:p>"))
    size = (60_000_000).to_bytes(4, "little")[2:]
    position = content.rfind(b"PK\x01\x02")
    assert content[position + 24 + 2 : position + 28] == size
    content[position + 24 : position + 28] = (1000).to_bytes(4, "little")
    assert "；" in refusal(bytes(content))


def test_a_bomb_of_pdf_streams_is_refused_before_it_is_unpacked() -> None:
    packed = zlib.compress(bytes(140_000_000), 9)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    assert "疑似压缩炸弹" in refusal(pdf(b"<< /Type /Catalog >>", stream), "表.pdf")


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    laughs = '<!DOCTYPE a [<!ENTITY b "哈"><!ENTITY c "&b;&b;&b;">]>'
    steals = f'<!DOCTYPE a [<!ENTITY c SYSTEM "{secret.as_uri()}">]>'
    for declaration in (laughs, steals):
        assert "DTD 声明" in refusal(docx("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>", declaration))


def test_limits_come_from_the_policies_and_bound_rows_columns_tables_and_pages() -> None:
    limits = replace(limits_today(), rows=3, columns=2, tables=1, file_bytes=2000)
    cell = "<w:tc><w:p/></w:tc>"
    row = f"<w:tr>{cell}</w:tr>"
    for body, said in (
        (f"<w:tbl>{row * 4}</w:tbl>", "表格超过 3 行"),
        (f"<w:tbl><w:tr>{cell * 3}</w:tr></w:tbl>", "表格超过 2 列"),
        (
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr></w:tc></w:tr></w:tbl>',
            "表格超过 2 列",
        ),
        (f"<w:tbl>{row}</w:tbl>" * 2, "表格超过 1 张"),
    ):
        with pytest.raises(InputError, match=said):
            read_blocks(docx(body), "表.docx", limits=limits)
    with pytest.raises(InputError, match="表格超过 2 列"):
        read_blocks("\t".join("甲乙丙").encode(), "表.txt", limits=limits)
    with pytest.raises(InputError, match="表格超过 3 格"):
        read_blocks(("甲\t乙\n" * 2).encode(), "表.txt", limits=replace(limits, cells=3))
    with pytest.raises(InputError, match="超过上限 2 KB") as error:
        read_blocks(b"x" * 2001, "表.txt", limits=limits)
    assert error.value.status == 413


def test_a_file_of_300_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "大.docx"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)
    with pytest.raises(InputError, match="文件有 300 MB，超过上限 50 MB；"):
        file_bytes(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    for path, said in (
        (tmp_path / "无.txt", "没有这个文件；"),
        (tmp_path, "这是文件夹，不是文件；"),
        (pipe, "这不是普通文件；"),
        (Path("x" * 5000), "文件打不开；"),
        (Path("a\0b"), "文件打不开；"),
    ):
        with pytest.raises(InputError, match=said):
            file_bytes(path)


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "私.txt"
    path.write_text("x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything, so the system is made to say no
    with pytest.raises(InputError, match="没有权限读取这个文件；"):
        file_bytes(path)
