"""From a path or bytes to blocks: size first, then the kind, then the reader of that kind."""

from __future__ import annotations

import stat
from pathlib import Path

from youju.foundation.documents.reading.blocks import Block, Paragraph, Table
from youju.foundation.documents.reading.kinds import FileKind, kind_of
from youju.foundation.documents.reading.limits import Limits, limits_today
from youju.foundation.kernel.errors import InputError


def file_bytes(path: Path, *, limits: Limits | None = None) -> bytes:
    """The bytes of a file, after its size has been asked for: a file that is too large is not read at all.

    Raises:
        InputError: no such file, a folder, a device, no permission, too large.
    """
    name = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError("这是文件夹，不是文件", where=name, how="请给出其中一个文件的路径")
        if not stat.S_ISREG(status.st_mode):
            raise InputError("这不是普通文件", where=name, how="请给出一个文件的路径")
        bounds = limits or limits_today()
        bounds.check_file(status.st_size, name)
        with path.open("rb") as file:
            content = file.read(bounds.file_bytes + 1)
        bounds.check_file(len(content), name)
        return content
    except FileNotFoundError as error:
        raise InputError("没有这个文件", where=name, how="请检查路径和文件名") from error
    except PermissionError as error:
        raise InputError("没有权限读取这个文件", where=name, how="请检查文件的权限") from error
    except (OSError, ValueError) as error:
        raise InputError("文件打不开", where=name, how="请检查路径和磁盘") from error


def read_blocks(content: bytes, filename: str, *, limits: Limits | None = None) -> list[Block]:
    """Read a document into paragraphs and tables.

    Args:
        content: the whole file.
        filename: its name, used in error sentences only.
        limits: the bounds on size; those in force today when not given.

    Raises:
        InputError: empty, of a kind that is not read, damaged, protected, or beyond the bounds.
    """
    bounds = limits or limits_today()
    bounds.check_file(len(content), filename)
    kind = kind_of(content, filename)
    try:
        blocks = _read(kind, content, filename, bounds)
    except (MemoryError, RecursionError) as error:
        raise InputError(
            "文件的结构过于复杂，读不了", where=filename, how="请用办公软件另存一份后再试"
        ) from error
    bounds.check_tables(sum(isinstance(block, Table) for block in blocks), filename)
    bounds.check_grid(
        sum(1 if isinstance(block, Paragraph) else len(block.rows) for block in blocks), 0, filename
    )
    return blocks


def _read(kind: FileKind, content: bytes, filename: str, bounds: Limits) -> list[Block]:
    """Import the reader only when it is needed: pdf alone takes a third of a second to import."""
    if kind is FileKind.ZIP:
        from youju.foundation.documents.reading.packages import Package
        from youju.foundation.documents.reading.spreadsheets import read_xlsx
        from youju.foundation.documents.reading.wordprocessing import read_docx

        with Package(content, filename, bounds) as package:
            return read_docx(package, bounds) if package.is_word else read_xlsx(package, bounds)
    if kind is FileKind.PDF:
        from youju.foundation.documents.reading.portable import read_pdf

        return read_pdf(content, filename, bounds)
    if kind is FileKind.HTML:
        from youju.foundation.documents.reading.webpages import read_html

        return read_html(content, filename, bounds)
    from youju.foundation.documents.reading.plain import read_text

    return read_text(content, filename, bounds)
