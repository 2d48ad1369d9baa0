"""pdf → blocks: tables by their ruling lines, other words as paragraphs, page by page.

Tables with the same left and right edge share one grid of columns, whatever page they stand on: so the rows
that a page break has cut off keep their columns, though no cell on their page shows all of them.
"""

from __future__ import annotations

import io
import logging
import zlib
from typing import Any

from youju.foundation.documents.reading.blocks import Block, Paragraph, Table
from youju.foundation.documents.reading.limits import Limits
from youju.foundation.documents.reading.ruled import Columns, Fragment, RuledTable, tables_of
from youju.foundation.documents.reading.typeset import (
    Margins,
    TextLine,
    joined,
    lines_of,
    without_running_lines,
)
from youju.foundation.kernel.errors import InputError

_STREAM = b"stream"
_HOW = "请另存为 docx，或用办公软件重新导出 pdf"


def read_pdf(content: bytes, filename: str, limits: Limits) -> list[Block]:
    """The paragraphs and tables of a pdf with text.

    Raises:
        InputError: protected, damaged, scanned (no text at all), or beyond the bounds.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    check_streams(content, filename, limits)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            limits.check_pages(len(pdf.pages), filename)
            found = []
            pictures = False
            for page in pdf.pages:
                pictures = pictures or bool(page.images)
                found.append((page.height, *_page(page)))
                page.close()
    except InputError:
        raise
    except PDFPasswordIncorrect as error:
        raise _protected(filename) from error
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise _protected(filename) from error
        raise InputError("pdf 已损坏，读不出来", where=filename, how=_HOW) from error
    except Exception as error:  # a damaged pdf makes pdfminer fail in any way
        raise InputError("pdf 已损坏，读不出来", where=filename, how=_HOW) from error
    kept = without_running_lines([(height, lines) for height, lines, _ in found])
    pages = [(lines, tables) for lines, (_, _, tables) in zip(kept, found, strict=True)]
    if not any(lines or tables for lines, tables in pages):
        what = "pdf 里只有图片，没有文字（可能是扫描件）" if pictures else "pdf 里没有文字"
        raise InputError(what, where=filename, how="请提供带文字的 pdf，或 docx、xlsx 原件")
    return _blocks(pages, limits, filename)


def _protected(filename: str) -> InputError:
    return InputError("pdf 受密码保护，读不了", where=filename, how="请取消密码后另存一份")


def check_streams(content: bytes, filename: str, limits: Limits) -> None:
    """Unpack every deflated stream piece by piece and only count: pdfminer would unpack it whole."""
    total = 0
    position = content.find(_STREAM)
    while position >= 0:
        start = position + len(_STREAM)
        while content[start : start + 1] in (b"\r", b"\n"):
            start += 1
        if content[start : start + 1] in (b"x", b"h", b"X", b"\x48", b"\x78"):
            end = content.find(b"endstream", start)
            unpacker = zlib.decompressobj()
            rest = content[start : end if end > 0 else len(content)]
            try:
                while rest and total <= limits.unpacked_bytes:
                    total += len(unpacker.decompress(rest, 1 << 20))
                    rest = unpacker.unconsumed_tail
            except zlib.error:
                pass
            limits.check_unpacked(total, len(content), filename)
        position = content.find(_STREAM, start)


def _page(page: Any) -> tuple[list[TextLine], list[RuledTable]]:
    """The lines of text outside tables and the tables of a page."""
    characters = page.dedupe_chars().chars
    if not characters:
        return [], []
    tables, outside = tables_of(page, characters)
    return lines_of(outside, page.page_number, page.width), tables


def _blocks(
    pages: list[tuple[list[TextLine], list[RuledTable]]], limits: Limits, filename: str
) -> list[Block]:
    columns = Columns([table for _, tables in pages for table in tables])
    margins = Margins([line for lines, _ in pages for line in lines])
    found: list[Fragment | Paragraph] = []
    before: TextLine | None = None
    rows = 0
    for lines, tables in pages:
        items: list[tuple[float, TextLine | RuledTable]] = [(line.top, line) for line in lines]
        items += [(table.top, table) for table in tables]
        first = True
        for _, item in sorted(items, key=lambda pair: pair[0]):
            last = found[-1] if found else None
            if isinstance(item, RuledTable):
                before, fragment = None, columns.place(item)
                rows += fragment.rows
                limits.check_grid(rows, fragment.columns, filename)
                if first and isinstance(last, Fragment) and last.goes_on_in(fragment):
                    last.append(fragment)
                else:
                    found.append(fragment)
            else:
                if before is not None and isinstance(last, Paragraph) and margins.goes_on(before, item):
                    found[-1] = Paragraph(joined(last.text, item.text, ""))
                else:
                    found.append(Paragraph(item.text))
                before = item
            first = False
    return [
        item if isinstance(item, Paragraph) else Table(tuple(map(tuple, item.grid())), paged=True)
        for item in found
    ]
