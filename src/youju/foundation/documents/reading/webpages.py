"""html → blocks: tables with rowspan and colspan, and the text around them by block elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from youju.foundation.documents.reading.blocks import SOFT_BREAK, Block, Paragraph, Table
from youju.foundation.documents.reading.charsets import decode
from youju.foundation.documents.reading.grids import Spanned, laid_out
from youju.foundation.documents.reading.limits import Limits
from youju.foundation.kernel.errors import InputError

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SILENT = frozenset(("script", "style", "head", "template", "noscript", "title", "select", "textarea"))
_BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article")
)
_BLOCKS |= frozenset(("header", "footer", "main", "center", "form", "fieldset", "pre", "hr"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK = re.compile(r" ?([\n\v]) ?")
_GB = frozenset(("gb2312", "gbk", "gb18030", "gb_2312-80", "hz-gb-2312"))
_SPAN_CEILING = 65534


def read_html(content: bytes, filename: str, limits: Limits) -> list[Block]:
    """The paragraphs and tables of a page, in order; a table inside a cell follows the outer table.

    Raises:
        InputError: the bytes are no text, or a table is larger than the bounds.
    """
    declared = _CHARSET.search(content[:4096])
    charset = declared[1].decode("ascii").lower() if declared else None
    text = _DECLARATION.sub("", decode(content, filename, declared="gb18030" if charset in _GB else charset))
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(
            "网页读不出来", where=filename, how="请重新保存网页，或另存为 docx 后再试"
        ) from error
    return _Page(limits, filename).blocks(root)


class _Page:
    def __init__(self, limits: Limits, filename: str) -> None:
        self._limits, self._filename = limits, filename
        self._rows = self._tables = self._cells = 0

    def blocks(self, root: Any) -> list[Block]:
        """Walk the page; text is gathered until a block element begins or ends."""
        blocks: list[Block] = []
        waiting: list[Any] = []
        for kind, value in _events(root, stop=("table",)):
            if kind == "table":
                waiting = [value]
                while waiting:
                    inner = waiting.pop(0)
                    blocks.append(self._table(inner))
                    waiting[:0] = _outermost(inner)
            elif kind == "text":
                blocks.extend(Paragraph(part) for part in value.split("\n") if part.strip())
        return blocks

    def _table(self, table: Any) -> Table:
        self._tables += 1
        self._limits.check_tables(self._tables, self._filename)
        rows = [[self._cell(cell) for cell in row if cell.tag in ("td", "th")] for row in _rows(table)]
        self._rows += len(rows)
        width = max((sum(cell.columns for cell in row) for row in rows), default=0)
        self._cells += len(rows) * width
        self._limits.check_grid(self._rows, width, self._filename)
        self._limits.check_cells(self._cells, self._filename)
        grid = laid_out(rows, self._limits.columns)
        self._limits.check_grid(0, max((len(row) for row in grid), default=0), self._filename)
        return Table(tuple(tuple(row) for row in grid))

    def _cell(self, cell: Any) -> Spanned:
        text = "\n".join(value for kind, value in _events(cell, stop=("table",)) if kind == "text")
        rows, columns = (_span(cell.get(name)) for name in ("rowspan", "colspan"))
        return Spanned(text.strip("\n\v "), rows, max(1, columns))


def _events(root: Any, stop: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """``("text", paragraph)`` and ``("table", element)`` in the order of the page, tables not entered."""
    parts: list[str] = []

    def gathered() -> Iterator[tuple[str, Any]]:
        text = _AROUND_BREAK.sub(r"\1", _SPACES.sub(" ", "".join(parts))).strip(" ")
        parts.clear()
        if text:
            yield "text", text

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if event == "start":
            if tag in stop and element is not root:
                yield from gathered()
                yield tag, element
                walk.skip_subtree()
            elif tag in _SILENT:
                walk.skip_subtree()
            else:
                if tag in _BLOCKS:
                    yield from gathered()
                if tag == "br":
                    parts.append(SOFT_BREAK)
                elif element.text:
                    parts.append(element.text.replace(SOFT_BREAK, " "))
        else:
            if tag in _BLOCKS:
                yield from gathered()
            if element.tail and element is not root:
                parts.append(element.tail.replace(SOFT_BREAK, " "))
    yield from gathered()


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _outermost(table: Any) -> list[Any]:
    return [
        inner
        for inner in table.iter("table")
        if inner is not table and next(inner.iterancestors("table")) is table
    ]


def _span(text: str | None) -> int:
    word = (text or "1").strip()
    return min(int(word), _SPAN_CEILING) if word.isascii() and word.isdigit() and len(word) < 7 else 1
