"""What the public may see behind a code: an allowed list, so that a new field is hidden until somebody puts it here."""

from __future__ import annotations

from dataclasses import dataclass

REGISTERED, PACKED, DECLARED, RELEASED, EXPORTED = "registered", "packed", "declared", "released", "exported"
STAGES = {
    REGISTERED: ("已登记", "Registered"),
    PACKED: ("已装箱", "Packed"),
    DECLARED: ("已报关", "Declared to customs"),
    RELEASED: ("海关已放行", "Released by customs"),
    EXPORTED: ("已出口", "Exported"),
}
"""How far goods are, in Chinese and in English, the least far first."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far all goods of a line have come."""

    packed: bool
    declared: bool
    released: bool
    exported: bool


@dataclass(frozen=True, slots=True)
class Public:
    """All that a stranger sees. ``stall`` is empty unless the merchant consents; ``packed_in`` a month (``2023-06``)."""

    name: str
    name_en: str
    market: str
    region: str
    stall: str
    stage: str
    packed_in: str

    @property
    def stage_words(self) -> tuple[str, str]:
        """The stage in Chinese and in English."""
        return STAGES[self.stage]


def stage_of(reached: Reached) -> str:
    """The farthest stage that all goods of the line have reached."""
    if reached.exported:
        return EXPORTED
    if reached.released:
        return RELEASED
    if reached.declared:
        return DECLARED
    return PACKED if reached.packed else REGISTERED


def published(
    *,
    name: str,
    name_en: str,
    market: str,
    region: str,
    stall: str,
    consents: bool,
    stage: str,
    packed_in: str,
) -> Public:
    """The public view; without the merchant's consent the stall is left out."""
    return Public(name, name_en, market, region, stall if consents else "", stage, packed_in)
