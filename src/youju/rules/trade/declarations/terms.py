"""The law of a declaration's day as the terms that planning and simplifying need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from youju.rules.law import PolicyValue, decimal, names, text, whole
from youju.rules.trade.declarations.facts import USD, GoodsLine
from youju.rules.trade.declarations.money import to_cents

CAP = "customs.declaration.value_cap"
MAX_LINES = "customs.declaration.max_lines"
TRIGGER = "customs.simplified_declaration.trigger_kinds"
ITEMISED = "customs.simplified_declaration.itemised_kinds"
INELIGIBLE = "customs.simplified_declaration.ineligible"
MERGED_UNIT = "customs.simplified_declaration.merged_unit"
WEIGHT_UNIT = "customs.simplified_declaration.weight_unit"
SIMPLIFICATION = (TRIGGER, ITEMISED, INELIGIBLE, MERGED_UNIT, WEIGHT_UNIT)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is in force on the declaration's day.

    ``itemised`` kinds of highest value stand alone once there are ``trigger`` kinds; a kind with a mark of
    ``ineligible`` is never merged. ``merged_unit`` is ``shared`` or ``weight``.
    """

    max_lines: int
    trigger: int
    itemised: int
    ineligible: tuple[str, ...]
    merged_unit: str
    weight_unit: str

    def is_ineligible(self, line: GoodsLine) -> bool:
        """Whether a line's goods may not be merged."""
        return any(getattr(line, mark) for mark in self.ineligible)


def terms_of(law: Mapping[str, PolicyValue]) -> Terms:
    """The terms that a law states.

    Raises:
        UnknownPolicyError: the day lies before the mode existed.
    """
    return Terms(
        max_lines=whole(law, MAX_LINES),
        trigger=whole(law, TRIGGER),
        itemised=whole(law, ITEMISED),
        ineligible=names(law, INELIGIBLE),
        merged_unit=text(law, MERGED_UNIT),
        weight_unit=text(law, WEIGHT_UNIT),
    )


def cap_cents(
    law: Mapping[str, PolicyValue], currency: str, usd_rates: Mapping[str, Decimal] | None = None
) -> int | None:
    """The cap of one declaration in cents of a currency; ``None`` where no rate says what it is worth.

    Args:
        law: the law of the declaration's day.
        currency: three letters.
        usd_rates: currency → dollars for one unit of it. A total is within the cap exactly if total × rate is.
    """
    cap = decimal(law, CAP)
    if currency == USD:
        return to_cents(cap)
    rate = (usd_rates or {}).get(currency)
    if rate is None or rate <= 0:
        return None
    return int((Decimal(to_cents(cap)) / rate).to_integral_value(ROUND_FLOOR))
