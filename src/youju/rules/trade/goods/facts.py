"""What recognition looks at, as it stood: a good, its tariff line, whose it is, its authorisation. Frozen, plain, complete.

Everything a check needs is in here or in the law, so that a stored decision can be made again years later from these alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class GoodFacts:
    """The good as its merchant registered it. ``elements`` are the declaration elements, name and text, by name."""

    number: str
    name: str
    hs_code: str
    unit: str
    name_en: str = ""
    model: str = ""
    brand_kind: str = "none"
    brand: str = ""
    producer: str = ""
    elements: tuple[tuple[str, str], ...] = ()

    @property
    def chapter(self) -> str:
        """The tariff chapter: two digits."""
        return self.hs_code[:2]


@dataclass(frozen=True, slots=True)
class LineFacts:
    """The tariff line of the good's code. ``heading`` is the wording of the heading and subheading above it.

    ``export_duty`` is a percentage, ``None`` where there is none; ``elements`` what a declaration under the code must state.
    """

    code: str
    name: str
    unit1: str
    unit2: str = ""
    export_duty: Decimal | None = None
    supervision: str = ""
    inspection: str = ""
    heading: str = ""
    elements: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """The statutory units, first and second."""
        return tuple(unit for unit in (self.unit1, self.unit2) if unit)


@dataclass(frozen=True, slots=True)
class TariffFacts:
    """What the tariff of the day says of the code.

    Args:
        version: name of the version in force; empty where none is.
        line: the line with the code in it, or ``None``.
        earlier: where the line is missing: name and last day of the newest earlier version that had it, and its wording.
        later: where it is missing: name and first day of the first later version that has it.
        successors: where it is missing: lines of the version in force under the same subheading, code and wording.
    """

    version: str = ""
    line: LineFacts | None = None
    earlier: tuple[str, str, str] | None = None
    later: tuple[str, str] | None = None
    successors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """Whose good it is: state of the filing, the chapters filed, until when it is good (inclusive; ``None``: no end)."""

    number: str
    state: str
    chapters: tuple[str, ...] = ()
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class AuthorisationFacts:
    """The brand owner's authorisation: whether a file is attached, until when it is good (inclusive)."""

    attached: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it, as it stood on ``as_of``."""

    as_of: date
    good: GoodFacts
    tariff: TariffFacts
    party: PartyFacts
    authorisation: AuthorisationFacts = AuthorisationFacts()
