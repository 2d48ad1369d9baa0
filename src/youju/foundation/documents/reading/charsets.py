"""Bytes → text: UTF-8, UTF-16 and GB18030, each strictly, and nothing that is no text."""

from __future__ import annotations

import codecs
import re

from youju.foundation.kernel.errors import InputError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f￾￿]")


def decode(content: bytes, filename: str, *, declared: str | None = None) -> str:
    """The text of a file with line ends as ``\\n``.

    A byte order mark decides; else what the file declares of itself (html); else strict UTF-8, UTF-16
    without a mark (told by its zero bytes), GB18030. UTF-8 stands before GB18030 because Chinese text in
    GB18030 is practically never valid UTF-8, while the reverse often decodes to wrong characters.

    Raises:
        InputError: none of them fits, or what comes out has control characters and so is no text.
    """
    for charset in _candidates(content, declared):
        try:
            text = content.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _CONTROLS.search(text):
            return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    raise InputError(
        "这不是可读的文本，也不是认识的文档格式",
        where=filename,
        how="请提供 docx、xlsx、html、UTF-8 或 GB18030 的 txt、带文字的 pdf",
    )


def _candidates(content: bytes, declared: str | None) -> list[str]:
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return [charset]
    head = content[:4096]
    if len(content) % 2 == 0 and b"\x00" in head:
        return ["utf-16-le", "utf-16-be"] if b"\x00" in head[1::2] else ["utf-16-be", "utf-16-le"]
    first = [declared] if declared else []
    return [*first, "utf-8", "gb18030"]
