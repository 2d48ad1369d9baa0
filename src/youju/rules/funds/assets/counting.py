"""What somebody typed or scanned, and what it says of the list."""

from __future__ import annotations

import re

FOUND, MISPLACED, SURPLUS, MISSING, UNCOUNTED = "found", "misplaced", "surplus", "missing", ""
RESULTS = {UNCOUNTED: "未盘", FOUND: "账实相符", MISPLACED: "地点不符", SURPLUS: "盘盈", MISSING: "盘亏"}
DIFFERENCES = (MISPLACED, SURPLUS, MISSING)
"""Results that somebody must decide on."""

DECISIONS = {
    MISSING: {"dispose": "申请按盘亏处置", "explain": "有说明，实物还在", "found": "已找到"},
    SURPLUS: {"card": "已登记新卡片", "other": "是已登记的另一件资产", "foreign": "不是本单位的资产"},
    MISPLACED: {"update": "把卡片改到现在的地点", "moved_back": "已搬回原地点"},
}
"""Result → what may be done about it."""

_LINK = re.compile(r"/code/([^/?#\s]+)/?(?:[?#].*)?$")
_KEPT = re.compile(r"[^0-9A-Za-z\-]")
NUMBER_MOST = 24


def number_of(text: str) -> str:
    """The asset number in what was typed or scanned: a number in any width and case, or the link of a label; empty: none."""
    text = text.strip()
    if found := _LINK.search(text):
        text = found[1]
    half = "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in text)
    number = _KEPT.sub("", half).upper()
    return number if 0 < len(number) <= NUMBER_MOST else ""


def result_of(*, known: bool, listed: bool, expected_place: str, found_place: str) -> str:
    """What a count says: known number on the list in its place, elsewhere, or nothing that the list has.

    Args:
        known: an asset of that number belongs to the centre.
        listed: it is on this round's list; one that is not stands outside the place that the register says.
        expected_place: where the card says it is; empty: anywhere.
        found_place: where it was found; empty: nobody said, so the expected one.
    """
    if not known:
        return SURPLUS
    moved = bool(found_place and expected_place and found_place.strip() != expected_place.strip())
    return MISPLACED if moved or not listed else FOUND
