"""An address taken apart: the street or building in words, and the numbers in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from youju.rules.funds.duplicates.names import REGIONS
from youju.rules.funds.duplicates.spelling import numerals, plain
from youju.rules.law import PolicyValue, names

_DIVISION = re.compile(
    r"^(?:[一-鿿]{2,4}?(?:省|自治区))?(?:[一-鿿]{2,4}?市)?(?:[一-鿿]{2,5}?(?:新区|新城|区|县|市))?(?:[一-鿿]{2,4}?镇)?"
)
_FILLER = re.compile(r"号楼|单元|摊位|商铺|门市|[号楼栋幢座层室房铺排门厅区F#]")
_NUMBERS = re.compile(r"\d+|(?<![A-Z])[A-Z](?![A-Z])")


@dataclass(frozen=True, slots=True)
class Address:
    """``河北省保定市白沟新城箱包城三号楼2层B15号`` → street ``箱包城``, numbers ``("3", "2", "B", "15")``."""

    street: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """One text for the whole place; empty unless it has a street and a number, for then it names no door."""
        return f"{self.street}|{'-'.join(self.numbers)}" if self.street and self.numbers else ""


class AddressReader:
    """Takes addresses apart by the region words of one law."""

    def __init__(self, law: Mapping[str, PolicyValue]) -> None:
        words = sorted(names(law, REGIONS), key=lambda word: (-len(word), word))
        self._regions = re.compile("|".join(words))

    def read(self, text: str) -> Address:
        """Take an address apart."""
        # Signs part numbers (3-2-501), so they become one sign and not nothing.
        spaced = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", text).upper()).strip("-")
        joined = numerals(spaced)
        rest = self._regions.sub("", joined) or joined
        rest = _DIVISION.sub("", rest) or rest
        found = tuple(_NUMBERS.findall(_FILLER.sub("-", rest)))
        street = plain(_NUMBERS.sub("", _FILLER.sub("", rest)))
        return Address(street, found)
