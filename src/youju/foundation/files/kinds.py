"""What a file is, told by its content; its name is only a name."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its code, media type, what people call it, and whether a browser may show it by itself."""

    code: str
    media_type: str
    name: str
    inline: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    kind.code: kind
    for kind in (
        Kind("docx", _OFFICE + "wordprocessingml.document", "Word 文档"),
        Kind("xlsx", _OFFICE + "spreadsheetml.sheet", "Excel 工作簿"),
        Kind("pptx", _OFFICE + "presentationml.presentation", "演示文稿"),
        Kind("pdf", "application/pdf", "PDF", inline=True),
        Kind("ofd", "application/ofd", "OFD 版式文件"),
        Kind("png", "image/png", "PNG 图片", inline=True),
        Kind("jpeg", "image/jpeg", "JPEG 图片", inline=True),
        Kind("webp", "image/webp", "WebP 图片", inline=True),
        Kind("svg", "image/svg+xml", "SVG 图片"),
        Kind("html", "text/html", "网页"),
        Kind("csv", "text/csv", "CSV 表格"),
        Kind("text", "text/plain", "文本"),
        Kind("zip", "application/zip", "压缩包"),
        Kind("macro", "application/octet-stream", "带宏的 Office 文件"),
        Kind("program", "application/octet-stream", "程序"),
        Kind("old-office", "application/octet-stream", "旧版 Office 文件"),
        Kind("unknown", "application/octet-stream", "不认识的文件"),
    )
}
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
)
_MARKUP = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+)?<?(svg|html|head|body|table|meta|script)\b",
    re.I | re.S,
)


def kind_of(file: BinaryIO, name: str) -> Kind:
    """The kind of a seekable file; its place is left at the start. The name decides only between csv and plain text."""
    file.seek(0)
    head = file.read(_HEAD)
    code = _by_signature(head)
    if not code and head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        code = _by_members(file)
    file.seek(0)
    return KINDS[code or _by_text(head, name)]


def _by_signature(head: bytes) -> str:
    for signature, code in _SIGNATURES:
        if head.startswith(signature):
            return code
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return "webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""


def _by_members(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "unknown"
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        return "macro"
    for member, code in (
        ("word/document.xml", "docx"),
        ("xl/workbook.xml", "xlsx"),
        ("ppt/presentation.xml", "pptx"),
        ("OFD.xml", "ofd"),
    ):
        if member in names:
            return code
    return "zip"


def _by_text(head: bytes, name: str) -> str:
    text = _decoded(head)
    if text is None:
        return "unknown"
    markup = _MARKUP.match(text)
    if markup:
        return "svg" if markup[1].casefold() == "svg" else "html"
    return "csv" if name.casefold().endswith((".csv", ".tsv")) else "text"


def _decoded(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if b"\x00" in head:
        return None
    for charset in ("utf-8-sig", "gb18030"):
        # The head may end in the middle of a character.
        for cut in range(4):
            try:
                return head[: len(head) - cut].decode(charset)
            except UnicodeDecodeError:
                continue
    return None
