"""Which kind of file it is, told by its first bytes; kinds that are not read are refused by name."""

from __future__ import annotations

import re
from enum import StrEnum

from youju.foundation.documents.reading.charsets import decode
from youju.foundation.kernel.errors import InputError

_ANOTHER = "请提供 docx、xlsx、html、txt 或带文字的 pdf"
_SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg 图片"),
    (b"\x89PNG\r\n\x1a\n", "png 图片"),
    (b"GIF8", "gif 图片"),
    (b"BM", "bmp 图片"),
    (b"II*\x00", "tiff 图片"),
    (b"MM\x00*", "tiff 图片"),
    (b"Rar!", "rar 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"{\\rtf", "rtf 文件"),
    (b"MIME-Version:", "单个文件网页（mht）"),
    (b"\x7fELF", "程序"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta)\b", re.I | re.S
)


class FileKind(StrEnum):
    """The kinds that are read."""

    ZIP = "zip"
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"


def kind_of(content: bytes, filename: str) -> FileKind:
    """Tell the kind of a file by its content.

    Raises:
        InputError: empty, a picture, an archive, an old or protected Office file, or no text at all.
    """
    if not content.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise InputError("文件是空的", where=filename, how="请重新导出或下载后再试")
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return FileKind.ZIP
    if b"%PDF-" in content[:1024]:
        return FileKind.PDF
    if content.startswith(_OLE):
        raise _old_office(content, filename)
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise InputError(f"这是{name}，不是可读的文档", where=filename, how=_ANOTHER)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        raise InputError("这是webp 图片，不是可读的文档", where=filename, how=_ANOTHER)
    head = decode(content, filename)[:4096]
    return FileKind.HTML if _HTML.match(head) else FileKind.TEXT


def _old_office(content: bytes, filename: str) -> InputError:
    """An OLE container: an encrypted docx or xlsx, or the Office formats of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return InputError(
            "文件受密码保护，读不了", where=filename, how="请在 Word 或 WPS 里取消密码后另存一份"
        )
    return InputError(
        "这是旧版 Office（doc、xls、wps、et）文件", where=filename, how="请另存为 docx 或 xlsx 后再试"
    )
