"""Figures in pdf files: their list is attached to the file with the place of each, and compared with the words there."""

from __future__ import annotations

import io
import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from youju.foundation.documents.figures.reading import Spot
from youju.foundation.documents.figures.sheet import FigureSheet, load, normal
from youju.foundation.documents.reading.limits import Limits
from youju.foundation.documents.reading.portable import check_streams
from youju.foundation.kernel.errors import InputError

ATTACHMENT = "youju-figures.json"
"""As ``figures.typ`` names it."""
_HOW = "请提供由本系统生成的 pdf 原件"
# Points: how far a sign may reach over the place that was set for it.
_SLACK = 1.0
_DEEPEST = 32
# Comparisons of a sign with an area, over the whole file: beyond this it was made to keep us busy.
_MOST_WORK = 200_000_000


@dataclass(frozen=True, slots=True)
class _Area:
    """Where a figure was set: pages from 1, points from the top left; on all but the last page it reaches to the end."""

    first: int
    last: int
    left: float
    right: float
    top: float
    bottom: float

    def holds(self, page: int, x: float, y: float) -> bool:
        below = page > self.first or y >= self.top - _SLACK
        above = page < self.last or y <= self.bottom + _SLACK
        return below and above and self.left - _SLACK <= x <= self.right + _SLACK


def read(content: bytes, name: str, limits: Limits) -> tuple[FigureSheet | None, list[Spot]]:
    """The list and the places of a pdf.

    Raises:
        InputError: protected, damaged or beyond the bounds.
    """
    import pdfplumber

    check_streams(content, name, limits)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            limits.check_pages(len(pdf.pages), name)
            data = _attached(pdf.doc)
            sheet = load(data)
            if sheet is None:
                return None, []
            areas = _areas(data.get("spots")) if isinstance(data, dict) else {}
            return sheet, _spots(sheet, areas, _texts(pdf, areas, name))
    except InputError:
        raise
    except Exception as error:  # a damaged pdf makes pdfminer fail in any way
        raise InputError("pdf 已损坏或受密码保护，读不出来", where=name, how=_HOW) from error


def _attached(document: Any) -> Any:
    """The plain data of our attachment; ``None`` where the file has none."""
    from pdfminer.pdftypes import resolve1, stream_value

    names = resolve1((resolve1(document.catalog.get("Names")) or {}).get("EmbeddedFiles"))
    for title, place in _entries(names, 0):
        if title == ATTACHMENT.encode():
            file = (resolve1((resolve1(place) or {}).get("EF")) or {}).get("F")
            try:
                return json.loads(stream_value(file).get_data())
            except (ValueError, RecursionError):
                return None
    return None


def _entries(node: Any, depth: int) -> Iterator[tuple[Any, Any]]:
    """The leaves of a name tree."""
    from pdfminer.pdftypes import resolve1

    if not isinstance(node, dict) or depth > _DEEPEST:
        return
    leaves = resolve1(node.get("Names")) or []
    yield from zip(leaves[::2], leaves[1::2], strict=False)
    for child in resolve1(node.get("Kids")) or []:
        yield from _entries(resolve1(child), depth + 1)


def _areas(spots: Any) -> dict[int, _Area]:
    """Of each figure the first mark and the last one; what is out of form is left out."""
    marks: dict[int, list[tuple[int, float, float, float]]] = defaultdict(list)
    for spot in spots if isinstance(spots, list) else []:
        try:
            width = float(spot["width"] or 0)
            marks[int(spot["number"])].append((int(spot["page"]), float(spot["x"]), float(spot["y"]), width))
        except (TypeError, KeyError, ValueError, OverflowError):
            continue
    areas = {}
    for number, found in marks.items():
        (page, x, y, width), (last, _, bottom, _) = found[0], found[-1]
        areas[number] = _Area(page, last, x, x + width, y, bottom)
    return areas


def _texts(pdf: Any, areas: dict[int, _Area], name: str) -> dict[int, list[str]]:
    """The signs in each area page by page, in the order in which they were set."""
    of_page: dict[int, list[tuple[int, _Area]]] = defaultdict(list)
    for number, area in areas.items():
        for page in range(max(1, area.first), min(area.last, len(pdf.pages)) + 1):
            of_page[page].append((number, area))
    texts: dict[int, list[str]] = defaultdict(list)
    work = 0
    for page in pdf.pages:
        wanted = of_page.get(page.page_number, [])
        work += len(wanted) * (len(page.chars) if wanted else 0)
        if work > _MOST_WORK:
            raise InputError("pdf 里的数字标记多得不正常，没有读取", where=name, how=_HOW, status=413)
        signs: dict[int, list[str]] = {number: [] for number, _ in wanted}
        for char in page.chars if wanted else []:
            x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
            for number, area in wanted:
                if area.holds(page.page_number, x, y):
                    signs[number].append(char["text"])
        for number, pieces in signs.items():
            texts[number].append("".join(pieces))
        page.close()
    return texts


def _spots(sheet: FigureSheet, areas: dict[int, _Area], texts: dict[int, list[str]]) -> list[Spot]:
    spots = []
    for number, figure in enumerate(sheet.figures, 1):
        area = areas.get(number)
        if area is not None:
            pages = texts.get(number, [""])
            # Lines are broken where they are full, so white space says nothing on paper.
            same = _stands_in(_dense(figure.value), [_dense(page) for page in pages])
            text = figure.value if same else normal("".join(pages))
            spots.append(Spot(number, text, f"第 {area.first} 页"))
    return spots


def _stands_in(value: str, pages: list[str]) -> bool:
    """Whether the text is the value. From the second page on the repeated heading of its table may stand before it."""
    first, *rest = pages
    longest = min(map(len, rest), default=0)
    return any(
        len({page[:heading] for page in rest}) <= 1
        and value == first + "".join(page[heading:] for page in rest)
        for heading in range(longest + 1)
    )


def _dense(text: str) -> str:
    return "".join(text.split())
