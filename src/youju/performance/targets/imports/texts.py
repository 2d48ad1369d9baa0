"""Cell text → the strings of the facts: printed text, goals, codes, amounts of money."""

from __future__ import annotations

import re
import unicodedata

from youju.foundation.documents.reading import SOFT_BREAK
from youju.foundation.kernel.errors import InputError
from youju.performance.targets.imports.labels import is_numbered

_BREAKS = str.maketrans("", "", "\n\r\v\f\u2028\u2029")
_EDGES = " \t\n\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
_BLANKS = frozenset(("", "-", "--", "—", "——", "–", "/", "\\", "无", "无。"))
_AMOUNT = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(万元|亿元|元|千元|百万元)?")


def printed(text: str) -> str:
    """Text as printed, but for white space at the ends and line breaks inside."""
    return text.translate(_BREAKS).strip(_EDGES)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a cell: its paragraph ends divide it; a soft break does only before a new number."""
    found: list[str] = []
    for part in text.split("\n"):
        pieces: list[str] = []
        for piece in part.split(SOFT_BREAK):
            if pieces and not is_numbered(piece):
                pieces[-1] += piece
            else:
                pieces.append(piece)
        found.extend(entry for entry in (piece.strip(_EDGES) for piece in pieces) if entry)
    return found


def project_code(text: str) -> str:
    """A project code: half-width, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def amount(text: str, money_unit: str, where: str) -> str | None:
    """An amount as decimal digits, the decimals as printed; ``None`` for a blank or a dash.

    Args:
        text: the cell; full-width digits, thousands separators and the document's own unit are allowed.
        money_unit: the unit of the document, e.g. 万元.
        where: the place, for the error sentence.

    Raises:
        InputError: it is no number, or states another unit than the document.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("\u2212", "-").strip("¥￥")
    if plain in _BLANKS:
        return None
    found = _AMOUNT.fullmatch(plain)
    if found is None or not (found[2] or found[3]):
        raise InputError(f"“{_short(text)}”不是金额", where=where, how="请只写数字，如 5.00，没有就留空")
    if found[4] and found[4] != money_unit:
        raise InputError(
            f"“{_short(text)}”的单位与表头的“{money_unit}”不同", where=where, how="请按表头的单位换算后再试"
        )
    sign = "-" if found[1] == "-" else ""
    return sign + (found[2] or "0").replace(",", "") + (found[3] or "")


def _short(text: str) -> str:
    line = printed(text)
    return line if len(line) <= 20 else f"{line[:20]}…"
