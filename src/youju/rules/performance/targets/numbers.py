"""Document numbers (发文字号) in a text: 保财建〔2021〕57号, whatever brackets were printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN, _CLOSE = "〔【\\[［(（﹝〖{", "〕】\\]］)）﹞〗}"
_SHAPE = re.compile(
    rf"(?P<agency>[一-鿿]{{2,10}})\s*(?P<open>[{_OPEN}])\s*(?P<year>(?:19|20)\d{{2}})\s*年?\s*"
    rf"(?P<close>[{_CLOSE}])\s*第?\s*(?P<serial>\d{{1,5}})\s*号"
)
_LEAD = re.compile(r"^(?:关于|依据|根据|按照|参照|印发|转发|执行|文件|通知|的|和|及|与|见|以)+")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number: who issued it, when, under which number; ``printed`` as it stands in the text."""

    agency: str
    year: str
    serial: str
    brackets: str
    printed: str

    def normal(self, brackets: str) -> str:
        """The number with the brackets of the standard, e.g. ``〔〕``."""
        return f"{self.agency}{brackets[:1]}{self.year}{brackets[1:]}{self.serial}号"

    def distance(self, other: DocumentNumber) -> int:
        """How many characters two numbers differ by, brackets aside; 0 is the same document.

        An agency may be printed with words before it, so the shorter is compared with the ends of the longer.
        """
        figures = edits(self.year, other.year) + edits(self.serial, other.serial)
        short, long = sorted((self.agency, other.agency), key=len)
        sizes = range(max(1, len(short) - 1), min(len(short) + 1, len(long)) + 1)
        return figures + min(edits(short, long[-size:]) for size in sizes)


def find_numbers(text: str) -> tuple[DocumentNumber, ...]:
    """Every document number in a text, in order."""
    found = []
    for match in _SHAPE.finditer(text.translate(_DIGITS)):
        agency = _LEAD.sub("", match["agency"]) or match["agency"]
        printed = match[0][match[0].index(agency) :] if agency else match[0]
        serial = match["serial"].lstrip("0") or "0"
        found.append(DocumentNumber(agency, match["year"], serial, match["open"] + match["close"], printed))
    return tuple(found)


def edits(left: str, right: str) -> int:
    """The number of characters to put in, take out or replace to make two texts equal (Levenshtein)."""
    if left == right:
        return 0
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
