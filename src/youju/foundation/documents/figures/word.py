"""Figures in Word files: a bookmark around each, and their list as a custom XML part.

Bookmarks leave the text where every program looks for it; text in a content control is not seen by many. Typing over all
of a bookmarked text takes the bookmark away, so the list remembers the cell as well.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from youju.foundation.documents.figures.reading import Spot
from youju.foundation.documents.figures.sheet import FORM, FigureSheet, load_origin, load_rows, rows_of
from youju.foundation.documents.reading.packages import Package

_NAMESPACE = "urn:youju:figures"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_ATTRIBUTES = ("code", "value", "unit", "period", "subject")
_PARTS = ("header", "footer", "footnotes", "endnotes")
# A name that begins so is not offered in Word's list of bookmarks.
_NAME = "_youju_figure_"
# Bookmarks are told apart by number alone; ours begin where nothing else counts.
_FIRST_ID = 390_000_000


def mark(number: int, run: str) -> str:
    """The run of a figure (WordprocessingML with the prefix ``w``) between the ends of its bookmark."""
    place = _FIRST_ID + number
    return f'<w:bookmarkStart w:id="{place}" w:name="{_NAME}{number}"/>{run}<w:bookmarkEnd w:id="{place}"/>'


def embed(word: WordDocument, sheet: FigureSheet) -> None:
    """Put the list of figures into the file, once all of its text stands."""
    package = word.part.package
    name = package.next_partname("/customXml/item%d.xml")
    number = str(name).rpartition("item")[2].partition(".")[0]
    item = Part(name, "application/xml", _list(sheet, _cells_of_marks(word.element)), package)
    identity = uuid.uuid5(uuid.NAMESPACE_URL, _NAMESPACE)
    properties = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
        f'<ds:datastoreItem xmlns:ds="{_STORE}" ds:itemID="{{{str(identity).upper()}}}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    beside = PackURI(f"/customXml/itemProps{number}.xml")
    item.relate_to(
        Part(beside, _PROPERTIES, properties.encode(), package), RELATIONSHIP_TYPE.CUSTOM_XML_PROPS
    )
    word.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def _list(sheet: FigureSheet, cells: dict[int, str]) -> bytes:
    origin = ""
    if sheet.origin:
        parts = ("template", "version", "template_hash", "context_hash")
        origin = (
            f"<origin {' '.join(f'{name}={_attribute(getattr(sheet.origin, name))}' for name in parts)}/>"
        )
    rows = "".join(
        f"<figure {' '.join(f'{name}={_attribute(text)}' for name, text in zip(_ATTRIBUTES, row, strict=True))}"
        f' cell="{cells.get(number, "")}"/>'
        for number, row in enumerate(rows_of(sheet), 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><figures xmlns="{_NAMESPACE}" form="{FORM}">{origin}{rows}</figures>'
    ).encode()


def _attribute(text: str) -> str:
    """Line ends and tabs in an attribute stay themselves only as references."""
    return '"' + escape(text, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}) + '"'


def read(package: Package) -> tuple[FigureSheet | None, list[Spot]]:
    """The list and the marked places of a Word file: those of the text, then of headers, footers and notes."""
    related = package.related(package.main)
    for kind, path in related.values():
        if kind.endswith("/customXml") and package.has(path):
            found = _read_list(package, path)
            if found:
                break
    else:
        return None, []
    sheet, cells = found
    body = package.xml(package.main)
    spots = _marked(body)
    for kind, path in related.values():
        if kind.rsplit("/", 1)[-1] in _PARTS and package.has(path):
            spots += [replace(spot, place="页眉、页脚或脚注") for spot in _marked(package.xml(path))]
    seen = {spot.number for spot in spots}
    return sheet, spots + _remembered(body, {n: cell for n, cell in cells.items() if n not in seen})


def _read_list(package: Package, path: str) -> tuple[FigureSheet, dict[int, str]] | None:
    # Other programs keep data of their own in such parts, of any form.
    if _NAMESPACE.encode() not in package.part(path):
        return None
    root = package.xml(path)
    if root.tag != f"{{{_NAMESPACE}}}figures" or root.get("form") != str(FORM):
        return None
    origin = root.find(f"{{{_NAMESPACE}}}origin")
    figures = root.findall(f"{{{_NAMESPACE}}}figure")
    rows = [[row.get(name, "") for name in _ATTRIBUTES] for row in figures]
    sheet = FigureSheet(load_origin(dict(origin.attrib) if origin is not None else None), load_rows(rows))
    return sheet, {number: row.get("cell", "") for number, row in enumerate(figures, 1)}


_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_GONE = (f"{_W}del", f"{_W}moveFrom")


def _marked(root: Any) -> list[Spot]:
    """The text between the ends of each of our bookmarks, in the order in which they begin."""
    cells = {element: cell for cell, element in _cells(root).items()}
    texts: dict[int, list[str]] = {}
    places: dict[int, str] = {}
    is_open: dict[str, int] = {}
    for element in root.iter(etree.Element):
        if element.tag == f"{_W}bookmarkStart":
            number = element.get(f"{_W}name", "").removeprefix(_NAME)
            if element.get(f"{_W}name", "").startswith(_NAME) and number.isascii() and number.isdigit():
                is_open[element.get(f"{_W}id", "")] = int(number[:9])
                texts[int(number[:9])] = []
                cell = next((above for above in element.iterancestors(f"{_W}tc")), None)
                places[int(number[:9])] = _spoken(cells.get(cell, ""))
        elif element.tag == f"{_W}bookmarkEnd":
            is_open.pop(element.get(f"{_W}id", ""), None)
        elif is_open:
            text = _seen(element)
            for number in is_open.values() if text else ():
                texts[number].append(text)
    return [Spot(number, "".join(pieces), places[number]) for number, pieces in texts.items()]


def _seen(element: Any) -> str:
    """What an element adds to the text that a reader sees; what was deleted under tracking is not seen."""
    if element.tag == f"{_W}t":
        text = element.text or ""
    elif element.tag in _SIGNS and element.getparent().tag == f"{_W}r":
        text = _SIGNS[element.tag]
    elif element.tag == f"{_W}p":
        text = "\n"
    else:
        return ""
    return "" if next(element.iterancestors(*_GONE), None) is not None else text


def _cells_of_marks(root: Any) -> dict[int, str]:
    """In which cell each figure's bookmark begins."""
    cells = {element: cell for cell, element in _cells(root).items()}
    found = {}
    for start in root.iter(f"{_W}bookmarkStart"):
        name, cell = start.get(f"{_W}name", ""), next(start.iterancestors(f"{_W}tc"), None)
        if name.startswith(_NAME) and cell is not None:
            found[int(name.removeprefix(_NAME))] = cells[cell]
    return found


def _cells(root: Any) -> dict[str, Any]:
    """``table.row.cell/rows`` from 1 → the cell; a table that has lost or gained rows so has other names."""
    found = {}
    for table_number, table in enumerate(root.iter(f"{_W}tbl"), 1):
        rows = table.findall(f"{_W}tr")
        for row_number, row in enumerate(rows, 1):
            for number, cell in enumerate(row.iterchildren(f"{_W}tc"), 1):
                found[f"{table_number}.{row_number}.{number}/{len(rows)}"] = cell
    return found


def _remembered(root: Any, wanted: dict[int, str]) -> list[Spot]:
    """Figures without a bookmark, in the cell where they were set, while its table has kept its rows."""
    cells = _cells(root) if wanted else {}
    return [
        Spot(number, "".join(map(_seen, cells[cell].iter(etree.Element))), _spoken(cell))
        for number, cell in wanted.items()
        if cell in cells
    ]


def _spoken(cell: str) -> str:
    if not cell:
        return "正文"
    table, row, number = cell.partition("/")[0].split(".")
    return f"第 {table} 张表第 {row} 行第 {number} 格"
