"""Invented numbers with right check characters, each known as invented at sight and each given once.

- credit code (GB 32100-2015, its body GB 11714): the body begins with ``DEM``;
- resident ID (GB 11643-1999): region 130000, which names a province and no place where anybody is registered;
- mobile phone: prefix 154, which no operator has;
- passport: begins with ``EX``; customs code: begins with ``9999``.
"""

from __future__ import annotations

from datetime import date, timedelta

_REGION = "130000"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_BODY_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIRST_BIRTH = date(1958, 1, 1)
_BIRTH_DAYS = 16_000  # to October 2001
_ORDERS = 1_000


def credit_code(number: int, *, individual: bool = False) -> str:
    """Unified social credit code of an enterprise, or of an individual business; ``number`` below 28 million."""
    serial = ""
    for _ in range(5):
        number, digit = divmod(number, len(_ALPHABET))
        serial = _ALPHABET[digit] + serial
    body = "DEM" + serial
    rest = 11 - sum(_BODY_SIGNS.index(s) * w for s, w in zip(body, _BODY_WEIGHTS, strict=True)) % 11
    code = f"9{2 if individual else 1}{_REGION}{body}" + {10: "X", 11: "0"}.get(rest, str(rest))
    return (
        code + _ALPHABET[-sum(_ALPHABET.index(s) * w for s, w in zip(code, _CODE_WEIGHTS, strict=True)) % 31]
    )


def resident_id(number: int) -> str:
    """Resident ID of a grown-up person; ``number`` below 16 million."""
    turn, order = divmod(number, _ORDERS)
    order = order * 387 % _ORDERS
    born = _FIRST_BIRTH + timedelta(days=(turn + order * 4241) % _BIRTH_DAYS)
    first = f"{_REGION}{born:%Y%m%d}{order:03d}"
    rest = (1 - 2 * int(first, 13)) % 11
    return first + ("X" if rest == 10 else str(rest))


def mobile(number: int) -> str:
    """Mobile number; ``number`` below 100 million."""
    return f"154{number * 7_654_321 % 100_000_000:08d}"


def foreign_phone(dial: str, number: int) -> str:
    """Phone abroad with its country code."""
    return f"+{dial}555{number:06d}"


def passport(number: int) -> str:
    """Passport number."""
    return f"EX{number * 7_654_321 % 10_000_000:07d}" if number < 10_000_000 else f"EX{number}"


def customs_code(number: int) -> str:
    """Ten-digit customs registration."""
    return f"9999{number:06d}"
