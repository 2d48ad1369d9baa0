"""How long a line has waited for its money: bands of days since the release."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from youju.rules.law import PolicyValue, names, whole

BANDS = "trade.settlement.ageing_days"
LATE = "trade.settlement.late_days"


def bands_of(law: Mapping[str, PolicyValue]) -> tuple[tuple[int, int | None], ...]:
    """The bands as (from day, before day): ``(0, 30), (30, 60) … (180, None)``."""
    edges = [int(each) for each in names(law, BANDS)]
    starts = [0, *edges]
    return tuple(zip(starts, [*edges, None], strict=True))


def label_of(band: tuple[int, int | None]) -> str:
    """``30–59 天``, ``180 天以上``."""
    low, high = band
    return f"{low} 天以上" if high is None else f"{low}–{high - 1} 天"


def late_before(law: Mapping[str, PolicyValue], day: date) -> date:
    """Lines released before this day are late on ``day``."""
    return day - timedelta(days=whole(law, LATE))


def place(days: int, bands: tuple[tuple[int, int | None], ...]) -> int:
    """Which band so many days fall into."""
    return next(number for number, (_, high) in enumerate(bands) if high is None or days < high)


__all__ = ["BANDS", "LATE", "bands_of", "label_of", "late_before", "place"]
