"""The numbers that Word prints before a paragraph by itself (1. 2. （一）…): they are text for whoever reads the page."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from youju.foundation.documents.reading.packages import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL, _LEVEL = f"{_W}val", f"{_W}ilvl"
_PLACE = re.compile(r"%([1-9])")
_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCounting",
    )
)
_LEVELS = 9


class _Level(NamedTuple):
    start: int
    form: str
    text: str


class Numbering:
    """Counts the numbered paragraphs of one document in the order printed."""

    def __init__(
        self, levels: dict[str, dict[int, _Level]], lists: dict[str, str], styles: dict[str, tuple[str, int]]
    ) -> None:
        self._levels, self._lists, self._styles = levels, lists, styles
        self._counts: dict[str, list[int | None]] = {}

    @classmethod
    def of(cls, package: Package, document: Any) -> Numbering | None:
        """The numbering of a document, or ``None`` when it has none."""
        parts = {kind.rsplit("/", 1)[-1]: path for kind, path in package.related(package.main).values()}
        name = parts.get("numbering", "")
        if not package.has(name):
            return None
        own = next(document.iter(f"{_W}numPr"), None) is not None
        used = {style.get(_VAL, "") for style in document.iter(f"{_W}pStyle")}
        styles: dict[str, tuple[str, int]] = {}
        if used and package.has(parts.get("styles", "")):
            for style in package.xml(parts["styles"]).iter(f"{_W}style"):
                number = _number_of(style) if style.get(f"{_W}styleId", "") in used else None
                if number:
                    styles[style.get(f"{_W}styleId", "")] = number
        if not styles and not own:
            return None
        root = package.xml(name)
        levels = {item.get(f"{_W}abstractNumId", ""): _levels(item) for item in root.iter(f"{_W}abstractNum")}
        lists = {}
        for item in root.iter(f"{_W}num"):
            abstract = item.find(f"{_W}abstractNumId")
            if abstract is not None:
                lists[item.get(f"{_W}numId", "")] = abstract.get(_VAL, "")
        return cls(levels, lists, styles)

    def label(self, paragraph: Any) -> str:
        """What Word prints before a paragraph, and one step of its counter; empty if it is not numbered."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return ""
        number = _number_of(paragraph)
        if number is None:
            style = properties.find(f"{_W}pStyle")
            number = self._styles.get(style.get(_VAL, "")) if style is not None else None
        if number is None:
            return ""
        abstract = self._lists.get(number[0], "")
        levels = self._levels.get(abstract, {})
        level = levels.get(number[1])
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        current = counts[number[1]]
        counts[number[1]] = level.start if current is None else current + 1
        counts[number[1] + 1 :] = [None] * (_LEVELS - number[1] - 1)

        def shown(place: re.Match[str]) -> str:
            index = int(place[1]) - 1
            of = levels.get(index, level)
            count = counts[index]
            return _printed(of.start if count is None else count, of.form)

        return "" if level.form in ("bullet", "none") else _PLACE.sub(shown, level.text)


def _number_of(owner: Any) -> tuple[str, int] | None:
    """List and level that a paragraph or style names for itself; list 0 means no number."""
    number = owner.find(f"{_W}pPr/{_W}numPr")
    if number is None:
        return None
    identity, level = number.find(f"{_W}numId"), number.find(_LEVEL)
    if identity is None:
        return None
    depth = level.get(_VAL, "0") if level is not None else "0"
    return identity.get(_VAL, ""), min(_whole(depth, 0), _LEVELS - 1)


def _levels(abstract: Any) -> dict[int, _Level]:
    found = {}
    for level in abstract.iter(f"{_W}lvl"):
        values = {child.tag: child.get(_VAL, "") for child in level if isinstance(child.tag, str)}
        found[_whole(level.get(_LEVEL, ""), 0)] = _Level(
            _whole(values.get(f"{_W}start", ""), 1),
            values.get(f"{_W}numFmt", "decimal"),
            values.get(f"{_W}lvlText", ""),
        )
    return found


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


def _printed(count: int, form: str) -> str:
    if form in _CHINESE and 0 < count < 100:
        tens, ones = divmod(count, 10)
        return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (
            _DIGITS[ones] if ones else ""
        )
    if form in ("lowerLetter", "upperLetter") and 0 < count <= 26:
        return chr((96 if form == "lowerLetter" else 64) + count)
    if form == "decimalEnclosedCircle" and 0 < count <= 20:
        return chr(0x2460 + count - 1)
    return str(count)
