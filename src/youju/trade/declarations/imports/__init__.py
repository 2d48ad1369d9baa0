"""Lists of goods to be declared: an xlsx file or JSON → goods lines, the day, the header."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from youju.foundation.documents.reading import file_bytes
from youju.foundation.kernel.errors import InputError
from youju.trade.declarations.imports.requests import PlanRequest

__all__ = ["PlanRequest", "read_path"]

_HOW = "请提供 xlsx，或 JSON（样子见 docs/how-to/declarations-plan.md）"


def read_path(path: Path) -> PlanRequest:
    """Read a list of goods; the file's content decides its format, not its name.

    Raises:
        InputError: not readable, or a cell that cannot be taken; nothing is guessed.
    """
    try:
        request = _read(file_bytes(path), path.name)
    except InputError as error:
        raise InputError(
            _line(error.what), where=_line(error.where), how=_line(error.how), status=error.status
        ) from error
    return replace(request, notes=tuple(map(_line, request.notes)))


def _read(content: bytes, name: str) -> PlanRequest:
    if not content.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise InputError("文件是空的", where=name, how="请重新导出后再试")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        from youju.trade.declarations.imports.workbooks import read_workbook

        return read_workbook(content, name)
    from youju.trade.declarations.imports.data import read_json

    if not content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith((b"{", b"[")):
        raise InputError("这不是 xlsx，也不是 JSON", where=name, how=_HOW)
    return read_json(content, name)


def _line(text: str) -> str:
    """One line that any terminal can print: what a sentence quotes may hold line ends and halves of signs."""
    return " ".join(text.encode("utf-8", "replace").decode().split())
