"""Project codes of 21 characters: ``130605|23|P|004563|1|0001|Q``.

The structure and the check character were inferred from the twelve codes of the published Hebei form
(``hebei-form-2020#project-code``) and hold for all twelve; other provinces differ, so a mismatch only warns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The alphabet of GB 32100: no I, O, S, V, Z."""

_LENGTH = 21
_BASE = 3
_CENTURY = 2000
_SHAPE = re.compile(r"(\d{6})(\d{2})([A-Z])(\d{6})(\d)(\d{4})([0-9A-Z])")


def check_character(first20: str) -> str:
    """The check character for the first 20 characters of a code.

    Raises:
        ValueError: (in Chinese) not 20 characters, or a character outside the alphabet.
    """
    if len(first20) != _LENGTH - 1:
        raise ValueError(f"项目编码前段应为 {_LENGTH - 1} 位，现为 {len(first20)} 位")
    modulus = len(ALPHABET)
    total = 0
    for position, character in enumerate(first20):
        index = ALPHABET.find(character)
        if index < 0:
            raise ValueError(f"项目编码第 {position + 1} 位“{character}”不在 GB 32100 的字符集里")
        total += index * pow(_BASE, position, modulus)
    return ALPHABET[(modulus - 1 - total) % modulus]


def is_checked(code: str) -> bool:
    """Whether a code has 21 characters of the alphabet and the last one is the check of the others."""
    try:
        return check_character(code[:-1]) == code[-1:]
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """A project code taken apart; ``year`` has four digits."""

    region: str
    year: int
    kind: str
    serial: str
    fixed: str
    sequence: str
    check: str

    @classmethod
    def parse(cls, code: str) -> ProjectCode:
        """Take a code apart without judging its check character.

        Raises:
            ValueError: (in Chinese) the code does not have the shape of 21 characters.
        """
        found = _SHAPE.fullmatch(code)
        if found is None:
            raise ValueError(
                f"项目编码“{code}”不是“6 位区划＋2 位年度＋1 位类型＋6 位顺序号＋5 位固定段＋1 位校验码”"
            )
        region, year, kind, serial, fixed, sequence, check = found.groups()
        return cls(region, _CENTURY + int(year), kind, serial, fixed, sequence, check)
