"""The user's own workbook back, its bad cells coloured and the reasons as comments.

The package is patched, not written anew, so that widths, formats and formulas stay as they were; a csv file becomes a workbook.
A package that has comments of its own, or is of an unusual make, is written anew with its values.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from youju.foundation.imports.sheets import Sheet, cells_of, column_letters

_COMMENTS, _DRAWING = "xl/comments_youju.xml", "xl/drawings/vmlDrawing_youju.vml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FILL = b'<fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor indexed="64"/></patternFill></fill>'
# What may follow <legacyDrawing> in a sheet, in the order of the schema: it goes before the first of these.
_AFTER = (
    b"<legacyDrawingHF",
    b"<drawingHF",
    b"<picture",
    b"<oleObjects",
    b"<controls",
    b"<webPublishItems",
    b"<tableParts",
    b"<extLst",
)
Pieces = Sequence[bytes | memoryview]
Reasons = Mapping[tuple[int, int], str]
"""(row, column) from 1 → the sentences about the cell."""


def annotate(content: bytes, sheet: Sheet, reasons: Reasons) -> bytes:
    """An xlsx file."""
    if sheet.part:
        patched = _patch(content, sheet, reasons)
        if patched is not None:
            return patched
        sheet.cells = cells_of(content, sheet.name)
    return _write(sheet, reasons)


def _patch(content: bytes, sheet: Sheet, reasons: Reasons) -> bytes | None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        rels = posixpath.join(
            posixpath.dirname(sheet.part), "_rels", posixpath.basename(sheet.part) + ".rels"
        )
        xml = archive.read(sheet.part)
        if (
            b"<legacyDrawing" in xml
            or "xl/styles.xml" not in names
            or _COMMENTS in names
            or b"<sheetData" not in xml
        ):
            return None
        changed = _restyled(xml, archive.read("xl/styles.xml"), reasons)
        if changed is None:
            return None
        pieces, styles = changed
        parts: dict[str, Pieces] = {
            sheet.part: pieces,
            "xl/styles.xml": [styles],
            rels: [_related(archive.read(rels) if rels in names else b"")],
            "[Content_Types].xml": [_typed(archive.read("[Content_Types].xml"))],
            _COMMENTS: [_comments(reasons)],
            _DRAWING: [_shapes(reasons)],
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for name in [*names, *(name for name in parts if name not in names)]:
                _put(target, name, parts[name] if name in parts else [archive.read(name)])
    return out.getvalue()


def _put(target: zipfile.ZipFile, name: str, pieces: Pieces) -> None:
    """A part, written piece by piece: tens of megabytes need not stand in memory a second time."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type, entry._compresslevel = zipfile.ZIP_DEFLATED, 1  # type: ignore[attr-defined]
    entry.file_size = sum(len(piece) for piece in pieces)
    with target.open(entry, "w") as part:
        for piece in pieces:
            part.write(piece)


def _restyled(xml: bytes, styles: bytes, reasons: Reasons) -> tuple[Pieces, bytes] | None:
    """The sheet with each bad cell in a red twin of its own style and with its drawing, and the styles with the twins added."""
    fills = re.search(rb'<fills count="(\d+)"', styles)
    formats = re.search(rb'<cellXfs count="(\d+)">(.*?)</cellXfs>', styles, re.S)
    if not fills or not formats:
        return None
    kinds = re.findall(rb"<xf [^>]*?/>|<xf [^>]*?>.*?</xf>", formats[2], re.S)
    if len(kinds) != int(formats[1]):
        return None
    twins: dict[int, int] = {}
    made: list[bytes] = []
    pieces: list[bytes | memoryview] = []
    view, last = memoryview(xml), 0
    # Found by searching forward, once through the sheet: a regular expression over a million cells would take seconds.
    for row, column in sorted(reasons):
        at = xml.find(b'<c r="%s%d"' % (column_letters(column).encode(), row), last)
        if at < 0:
            continue
        end = xml.index(b">", at)
        tag = xml[at:end]
        style = re.search(rb'\bs="(\d+)"', tag)
        old = int(style[1]) if style else 0
        if old >= len(kinds):
            return None
        if old not in twins:
            twins[old] = len(kinds) + len(made)
            made.append(_red(kinds[old], int(fills[1])))
        new = b's="%d"' % twins[old]
        slash = b"/" if tag.endswith(b"/") else b""
        body = tag[: len(tag) - len(slash)]
        body = re.sub(rb'\bs="\d+"', new, body) if style else body.rstrip() + b" " + new
        pieces += [view[last:at], body + slash]
        last = end
    at = _place_of_drawing(xml)
    pieces += [view[last:at], b'<legacyDrawing xmlns:r="%s" r:id="rIdYouju1"/>' % _REL.encode(), view[at:]]
    styles = styles.replace(fills[0], b'<fills count="%d"' % (int(fills[1]) + 1), 1).replace(
        b"</fills>", _FILL + b"</fills>", 1
    )
    styles = styles.replace(
        b'<cellXfs count="%s">' % formats[1], b'<cellXfs count="%d">' % (len(kinds) + len(made)), 1
    )
    return pieces, styles.replace(b"</cellXfs>", b"".join(made) + b"</cellXfs>", 1)


def _red(kind: bytes, fill: int) -> bytes:
    kind = re.sub(rb'\bfillId="\d+"', b'fillId="%d"' % fill, kind, count=1)
    kind = re.sub(rb'\sapplyFill="\w+"', b"", kind, count=1)
    return kind.replace(b"<xf ", b'<xf applyFill="1" ', 1)


def _place_of_drawing(xml: bytes) -> int:
    """Behind the cells, before the first part that the schema puts after it."""
    tail = xml.index(b"</sheetData>") if b"</sheetData>" in xml else 0
    places = [at for mark in _AFTER if (at := xml.find(mark, tail)) >= 0]
    return min(places, default=xml.rindex(b"</worksheet>"))


def _related(rels: bytes) -> bytes:
    ours = (
        f'<Relationship Id="rIdYouju1" Type="{_REL}/vmlDrawing" Target="/{_DRAWING}"/>'
        f'<Relationship Id="rIdYouju2" Type="{_REL}/comments" Target="/{_COMMENTS}"/>'
    ).encode()
    if b"</Relationships>" in rels:
        return rels.replace(b"</Relationships>", ours + b"</Relationships>")
    space = b"http://schemas.openxmlformats.org/package/2006/relationships"
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="%s">%s</Relationships>'
        % (space, ours)
    )


def _typed(types: bytes) -> bytes:
    ours = (
        '<Override PartName="/' + _COMMENTS + '" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>'
    ).encode()
    if b'Extension="vml"' not in types:
        ours = (
            b'<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
            + ours
        )
    # Defaults and overrides may stand in any order.
    return types.replace(b"</Types>", ours + b"</Types>")


def _comments(reasons: Reasons) -> bytes:
    rows = "".join(
        f'<comment ref="{column_letters(column)}{row}" authorId="0">'
        f'<text><t xml:space="preserve">{escape(text)}</t></text></comment>'
        for (row, column), text in sorted(reasons.items())
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<comments xmlns="{space}"><authors><author>有据</author></authors><commentList>{rows}</commentList></comments>'
    ).encode()


def _shapes(reasons: Reasons) -> bytes:
    """Excel shows a comment only beside a shape in its old drawing language."""
    shapes = "".join(
        f'<v:shape id="_x0000_s{2000 + number}" type="#youju" '
        'style="position:absolute;visibility:hidden;width:240px;height:90px" '
        'fillcolor="#ffffe1"><v:textbox/><x:ClientData ObjectType="Note"><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
        for number, (row, column) in enumerate(sorted(reasons))
    )
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="youju" coordsize="21600,21600" o:spt="202" '
        f'path="m,l,21600r21600,l21600,xe"/>{shapes}</xml>'
    ).encode()


def _write(sheet: Sheet, reasons: Reasons) -> bytes:
    """A new workbook with the values."""
    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(out, {"constant_memory": True, **plain}) as book:
        page = book.add_worksheet()
        red, day = book.add_format({"bg_color": "#FFC7CE"}), book.add_format({"num_format": "yyyy-mm-dd"})
        red_rows: dict[int, dict[int, str]] = {}
        for (row, column), text in reasons.items():
            red_rows.setdefault(row, {})[column] = text
        rows: Sequence[Sequence[Any]] = sheet.cells
        for number, cells in enumerate(rows, 1):
            bad = red_rows.get(number, {})
            for place in range(1, max(len(cells), max(bad, default=0)) + 1):
                cell = cells[place - 1] if place <= len(cells) else None
                style = red if place in bad else None
                if cell is None or cell == "":
                    page.write_blank(number - 1, place - 1, None, style)
                elif hasattr(cell, "year"):
                    page.write_datetime(number - 1, place - 1, cell, style or day)
                else:
                    page.write(number - 1, place - 1, cell, style)
            for place, text in bad.items():
                page.write_comment(number - 1, place - 1, text, {"author": "有据"})
    return out.getvalue()
