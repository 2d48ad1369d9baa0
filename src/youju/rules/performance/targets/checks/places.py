"""Where a row stands in the form: the days, levels and directions that several checks ask about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from youju.rules.law import PolicyValue, names, table
from youju.rules.performance.targets.cases import RowCase
from youju.rules.performance.targets.texts import mentions
from youju.rules.performance.targets.units import magnitude

LawOf = Mapping[str, PolicyValue]

FORM_DAY = date(2020, 1, 1)
"""From this day the Hebei form and the practice of the house are registered (see policies/sources)."""
TIERS_DAY = date(2020, 2, 25)
"""From this day 财预〔2020〕10号 gives a qualitative target three tiers."""

LEVELS = "performance.targets.levels"
HIGH = "performance.targets.high_share_names"
LOW = "performance.targets.low_share_names"
UNIT_COST = "performance.targets.unit_cost_words"
UP, DOWN = frozenset("≥>"), frozenset("≤<")


def is_level(row: RowCase, level: str, law: LawOf) -> bool:
    """Whether the row stands under a level: ``cost``, ``quality``, ``timeliness``, ``satisfaction``, …"""
    words = cast("tuple[str, ...]", table(law, LEVELS)[level])
    return mentions(row.indicator.level1, words) or mentions(row.indicator.level2, words)


def base(row: RowCase, law: LawOf) -> tuple[str, Decimal]:
    """Kind and base amount of a measured row."""
    return magnitude(str(row.indicator.value.number), row.indicator.value.unit, law)


def is_money_total(row: RowCase, law: LawOf) -> bool:
    """Whether a row states an amount of money that is not a cost for each unit of something."""
    if not row.measured or mentions(row.indicator.level3, names(law, UNIT_COST)):
        return False
    return base(row, law)[0] == "money"


def is_low(row: RowCase, law: LawOf) -> bool:
    """Whether the indicator is one of those where less is better (投诉率)."""
    return mentions(row.indicator.level3, names(law, LOW))


def is_high(row: RowCase, law: LawOf) -> bool:
    """Whether the indicator is a rate whose target normally lies close to one hundred per cent."""
    return not is_low(row, law) and mentions(row.indicator.level3, names(law, HIGH))
