"""How the demo's filings went: nearly all in time, some late and let in, one missed, one sent back, some in the queue."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from youju.foundation.kernel.chance import Chance
from youju.foundation.workflow.walks import Walk, next_moment, office_hour
from youju.rules.trade.exemptions.lifecycle import FILING_FLOW
from youju.rules.trade.exemptions.periods import next_month

TAX, CLOCK = ("demo-tax", "税务部门"), ("", "系统")
_LATE, _SENT_BACK = 4, 3
"""How many of a hundred filings were late, and sent back once."""


class Fate(StrEnum):
    """How a filing ended."""

    ACCEPTED = "accepted"
    LATE = "late"
    SENT_BACK = "sent_back"
    QUEUED = "queued"
    MISSED = "missed"
    ADMITTED = "admitted"
    RETURNED = "returned"


def fate_of(chance: Chance) -> Fate:
    """One drawn by the seed."""
    drawn = chance.below(100)
    if drawn < _LATE:
        return Fate.LATE
    return Fate.SENT_BACK if drawn < _LATE + _SENT_BACK else Fate.ACCEPTED


def walk_of(  # noqa: PLR0917 - one filing
    fate: Fate, month: date, due: date, filer: tuple[str, str], today: datetime, chance: Chance
) -> Walk:
    """The way of a filing; what is in hand now was touched in the last days before ``today``."""
    first = office_hour(next_month(month), chance)
    walk = Walk(FILING_FLOW, CLOCK, first)
    walk.due_on = due
    if fate in (Fate.MISSED, Fate.LATE, Fate.ADMITTED):
        walk.take(
            "lapse", CLOCK, datetime.combine(due + timedelta(days=1), first.timetz()), f"期限 {due} 已过"
        )
        if fate is Fate.MISSED:
            return walk
        at = today - timedelta(hours=3) if fate is Fate.ADMITTED else next_moment(walk.entered, 3, chance)
        walk.take("admit", TAX, at, "经核实，货物已按期收汇，准予补报")
        if fate is Fate.ADMITTED:
            return walk
    days = 1 + chance.below(6)
    walk.take("file", filer, next_moment(walk.entered, days, chance))
    if fate is Fate.QUEUED:
        return walk
    if fate in (Fate.SENT_BACK, Fate.RETURNED):
        at = today - timedelta(hours=5) if fate is Fate.RETURNED else next_moment(walk.entered, 1, chance)
        walk.take("return", TAX, at, "品名与发票不一致，请核对后重报")
        if fate is Fate.RETURNED:
            return walk
        walk.take("file", filer, next_moment(walk.entered, 1, chance))
    walk.take("accept", TAX, next_moment(walk.entered, 1 + chance.below(4), chance))
    return walk
