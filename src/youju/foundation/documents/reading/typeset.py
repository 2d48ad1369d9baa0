"""Characters on a page → lines, cells and paragraphs: what a pdf knows of text is only where each sign stands."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from youju.foundation.documents.reading.blocks import SOFT_BREAK

Box: TypeAlias = tuple[float, float, float, float]

_GAP = 0.6  # of the type size: a wider gap between characters is a space
_BAND = 16  # points: cells are looked up by bands of this height
_SLACK = 1.0  # type sizes: so much of a line may stay free though the next word would just have fitted
_INDENT = 1.2  # type sizes: a line that begins this far in begins a paragraph
_SPACING = 1.5  # type sizes: lines farther apart are paragraphs
_FIRST_WORD = re.compile("[^\u4e00-\u9fff]*[\u4e00-\u9fff]?[^\u4e00-\u9fff]*")
_WIDE = 0.5  # of the page width: what the longest line must at least fill
_SENTENCE_ENDS = ("。", "；", "：", "！", "？", ".", ";", ":")
_NUMBER = re.compile(
    r"[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、|第[一二三四五六七八九十\d]+|\d{1,2}[.、．)）]|[\u4e00-\u9fff]{2,8}[：:]"
)
_MARGIN = 0.1  # of the page height: running heads and page numbers stand in it
_PAGE_NUMBER = re.compile(r"[-—–\s]*第?\s*\d+\s*页?[\s,，/]*(?:共?\s*\d+\s*页?)?[-—–\s]*")
# Fonts of browsers map some signs to their look-alikes among the radicals; NFKC mends the older block only.
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_RADICALS |= {
    ord(radical): sign
    for radical, sign in zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
}


class TextLine(NamedTuple):
    """One line of text outside tables; measures in points."""

    text: str
    page: int
    page_width: float
    left: float
    right: float
    top: float
    bottom: float
    size: float


class Margins:
    """Left and right edge of the text on pages of one width, by which broken paragraphs are put together."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._edges: dict[int, tuple[float, float]] = {}
        for line in lines:
            left, right = self._edges.get(round(line.page_width), (line.left, line.right))
            self._edges[round(line.page_width)] = min(left, line.left), max(right, line.right)

    def goes_on(self, before: TextLine, line: TextLine) -> bool:
        """Whether ``line`` continues the paragraph of the line before it."""
        left, right = self._edges[round(line.page_width)]
        if right - left < _WIDE * line.page_width:
            return False  # no line is long enough to tell where the page ends
        full = before.right + _width_of_first_word(line) > right - _SLACK * line.size
        indented = line.left > left + _INDENT * line.size
        near = before.page != line.page or line.top - before.bottom < _SPACING * line.size
        begins = before.text.endswith(_SENTENCE_ENDS) and _NUMBER.match(line.text)
        return full and near and not indented and not begins and abs(before.size - line.size) < 1


def without_running_lines(pages: Sequence[tuple[float, list[TextLine]]]) -> list[list[TextLine]]:
    """The lines of each page without page numbers and without what its margins repeat.

    A line of the margin that is the same on several pages but for its digits is a running head; one without
    digits is kept where it stands first, because it may be the money unit of all tables.

    Args:
        pages: height and lines of each page.
    """
    shapes: dict[str, int] = defaultdict(int)
    for height, lines in pages:
        for shape in {_shape(line) for line in lines if _in_margin(line, height)}:
            shapes[shape] += 1
    seen: set[str] = set()
    kept = []
    for height, lines in pages:
        page = []
        for line in lines:
            shape = _shape(line)
            running = _in_margin(line, height) and shapes[shape] > 1 and ("#" in shape or line.text in seen)
            number = _in_margin(line, height) and _PAGE_NUMBER.fullmatch(line.text)
            seen.add(line.text)
            if not running and not number:
                page.append(line)
        kept.append(page)
    return kept


def _in_margin(line: TextLine, height: float) -> bool:
    return line.bottom < height * _MARGIN or line.top > height * (1 - _MARGIN)


def _shape(line: TextLine) -> str:
    return re.sub(r"\d+", "#", line.text)


def _width_of_first_word(line: TextLine) -> float:
    """How much room the first piece of a line needs that may not be broken: a sign with the marks and Latin
    letters that stick to it. Had it fitted on the line before, the break was meant."""
    found = _FIRST_WORD.match(line.text)
    word = found[0] if found else line.text[:1]
    return sum(line.size * (0.55 if sign.isascii() else 1) for sign in word)


def sorted_into(characters: list[Any], boxes: Sequence[Box]) -> tuple[dict[Box, list[Any]], list[Any]]:
    """Characters by the cell that holds their middle, and those in none."""
    rows: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        for row in range(int(box[1]) // _BAND, int(box[3]) // _BAND + 1):
            rows[row].append(box)
    inside: dict[Box, list[Any]] = defaultdict(list)
    outside = []
    for character in characters:
        x, y = (character["x0"] + character["x1"]) / 2, (character["top"] + character["bottom"]) / 2
        fits = [
            box for box in rows.get(int(y) // _BAND, ()) if box[0] <= x <= box[2] and box[1] <= y <= box[3]
        ]
        if fits:
            inside[min(fits, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))].append(character)
        else:
            outside.append(character)
    return inside, outside


def _lines(characters: Sequence[Any]) -> Iterator[list[Any]]:
    """Characters of one height make a line, left to right."""
    line: list[Any] = []
    for character in sorted(characters, key=lambda item: ((item["top"] + item["bottom"]) / 2, item["x0"])):
        middle = (character["top"] + character["bottom"]) / 2
        if line and middle - (line[0]["top"] + line[0]["bottom"]) / 2 > character["size"] * 0.5:
            yield sorted(line, key=lambda item: item["x0"])
            line = []
        line.append(character)
    if line:
        yield sorted(line, key=lambda item: item["x0"])


def _line(line: list[Any]) -> str:
    parts: list[str] = []
    right = None
    for character in line:
        text = character["text"]
        if right is not None and character["x0"] - right > character["size"] * _GAP and not text.isspace():
            parts.append("" if parts[-1].isspace() else " ")
        parts.append(text)
        right = character["x1"]
    return "".join(parts).translate(_RADICALS).strip()


def lines_of(characters: Sequence[Any], page: int, page_width: float) -> list[TextLine]:
    """The lines of text that some characters make, blank ones left out."""
    found = []
    for line in _lines(characters):
        text = _line(line)
        if text:
            inked = [character for character in line if not character["text"].isspace()]
            found.append(
                TextLine(
                    text,
                    page,
                    page_width,
                    inked[0]["x0"],
                    max(character["x1"] for character in inked),
                    min(character["top"] for character in inked),
                    max(character["bottom"] for character in inked),
                    inked[0]["size"],
                )
            )
    return found


def cell_text(characters: Sequence[Any]) -> str:
    """The lines of a cell; the page was too narrow for them, so their breaks are soft."""
    text = ""
    for line in filter(None, map(_line, _lines(characters))):
        text = joined(text, line, SOFT_BREAK)
    return text


def joined(text: str, line: str, mark: str) -> str:
    """A line put after a text: between two Latin words the break has swallowed a space, else ``mark`` stands for it."""
    if not text:
        return line
    words = text[-1].isascii() and text[-1].isalpha() and line[0].isascii() and line[0].isalpha()
    return f"{text}{' ' if words else mark}{line}"
