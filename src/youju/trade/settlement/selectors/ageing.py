"""How long lines have waited for their money, on any day: the ledger is only added to, so the past can be read from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from youju.foundation.policies import law_on
from youju.rules.trade.settlement.ageing import bands_of, label_of, late_before, place

# What was left of each line at the end of a day, in CNY by its share of the declared value.
_LEFT = """
SELECT l.id, l.declaration_id, l.number || '-' || l.version, l.g_no, l.merchant_id, l.agent_id, l.currency, l.declared,
       l.declared - coalesce(c.amount, 0), round((l.declared - coalesce(c.amount, 0)) * l.rate, 2), l.released_on
FROM settlement_lot l
LEFT JOIN (SELECT lot_id, sum(CASE WHEN kind = 'match' THEN amount ELSE -amount END) AS amount
           FROM settlement_movement WHERE lot_id IS NOT NULL AND day <= %(day)s GROUP BY lot_id) c ON c.lot_id = l.id
WHERE l.live AND l.released_on <= %(day)s AND l.declared > coalesce(c.amount, 0) {only}
"""
_BANDS = """
SELECT width_bucket(%(day)s - t.released_on, %(edges)s::int[]) AS band, count(*), count(DISTINCT t.declaration), sum(t.left_cny)
FROM ({left}) AS t (id, declaration, number, g_no, merchant, agent, currency, declared, left_over, left_cny, released_on)
GROUP BY band
"""


@dataclass(frozen=True, slots=True)
class Band:
    """Lines that have waited between ``low`` and before ``high`` days (None: without end); CNY at the customs rate."""

    low: int
    high: int | None
    lines: int
    declarations: int
    left_cny: Decimal

    @property
    def label(self) -> str:
        """``30–59 天``."""
        return label_of((self.low, self.high))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line that has not been paid in full; ``left`` in ``currency``, ``left_cny`` at customs' rate; ``days`` since release."""

    line: int
    declaration: int
    number: str
    g_no: int
    merchant: int
    agent: int
    currency: str
    declared: Decimal
    left: Decimal
    left_cny: Decimal
    released_on: date
    days: int


def ageing(as_of: date) -> tuple[Band, ...]:
    """What was still to come at the end of a day, by how long it had waited; lines in the asker's reach. One query."""
    bands = bands_of(law_on(as_of))
    values: dict[str, Any] = {"day": as_of, "edges": [low for low, _ in bands]}
    with connection.cursor() as cursor:
        cursor.execute(_BANDS.format(left=_LEFT.format(only="")), values)
        found = {int(band): (int(lines), int(count), cny) for band, lines, count, cny in cursor.fetchall()}
    return tuple(
        Band(low, high, *found.get(number, (0, 0, Decimal(0)))) for number, (low, high) in enumerate(bands, 1)
    )


def waiting_lines(
    as_of: date, *, merchants: Iterable[int] | None = None, late: bool = False
) -> list[Waiting]:
    """Lines that were not paid in full at the end of a day, the longest wait first. One query.

    Args:
        as_of: the day.
        merchants: only theirs (party ids).
        late: only those that had waited longer than the policy allows.
    """
    only = ""
    values: dict[str, Any] = {"day": as_of}
    if merchants is not None:
        only += " AND l.merchant_id = ANY (%(merchants)s)"
        values["merchants"] = list(merchants)
    if late:
        only += " AND l.released_on < %(before)s"
        values["before"] = late_before(law_on(as_of), as_of)
    with connection.cursor() as cursor:
        cursor.execute(_LEFT.format(only=only) + " ORDER BY l.released_on, l.id", values)
        return [Waiting(*(*row, (as_of - row[-1]).days)) for row in cursor.fetchall()]


def band_of(days: int, as_of: date) -> int:
    """Which band of the day's policy so many days fall into, from 0."""
    return place(days, bands_of(law_on(as_of)))
