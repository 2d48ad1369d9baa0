"""What one party exported: the released goods that are its own (as merchant) or that it declared for others (as agent)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

from youju.trade.orders.selectors.rates import month_rates
from youju.trade.packing.selectors.shares import container_shares

SIDES = {"merchant": "merchant_id", "agent": "agent_id"}
_CENT, _MILLION = Decimal("0.01"), Decimal(1_000_000)
_COLUMNS = (
    "r.line_id, r.declaration, r.entry_number, r.g_no, r.released_on, r.declared_on, r.name, r.hs_code, r.country,"
    " r.currency, r.amount, r.value_cny, s.packed_id"
)


@dataclass(frozen=True, slots=True)
class ExportedLine:
    """A released source line.

    ``usd`` is FOB at the customs rates of the month of declaring, ``share`` the part of its container.
    """

    source: int
    declaration: str
    entry_number: str
    g_no: int
    day: date
    name: str
    product: str
    partner: str
    usd: Decimal
    container: str
    container_kind: str
    share: Decimal


def exported_lines(
    *, party_id: int, sides: Sequence[str], since: date, until: date
) -> tuple[ExportedLine, ...]:
    """A party's released lines of the days ``[since, until)``, by day; one that it holds on two sides stands once.

    Rows are those in the asker's reach: a caller that must see all of the party's widens it. Two queries, and one for each
    month in which another currency than USD was declared.

    Args:
        party_id: the filing.
        sides: ``merchant``, ``agent`` or both.
    """
    where = " OR ".join(f"r.{SIDES[side]} = %s" for side in sides) or "false"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM declarations_released_lines r"  # noqa: S608 - names of ours
            " JOIN declarations_sourceline s ON s.id = r.line_id"
            f" WHERE ({where}) AND r.released_on >= %s AND r.released_on < %s ORDER BY r.released_on, r.line_id",
            [*(party_id for _ in sides), since, until],
        )
        rows = cursor.fetchall()
    boxes = container_shares([row[-1] for row in rows if row[-1] is not None])
    rates: dict[date, dict[str, Decimal]] = {}
    found = []
    for (
        source, number, entry, g_no, day, declared, name, code, country, currency, amount, cny, packed,
    ) in rows:  # fmt: skip
        box, kind, share = boxes.get(packed, ("", "", 0))
        usd = amount
        if currency != "USD":
            month = declared.replace(day=1)
            if month not in rates:
                rates[month] = month_rates(month)
            rate = rates[month].get("USD")
            usd = (cny / rate).quantize(_CENT, ROUND_HALF_UP) if rate else Decimal(0)
        found.append(
            ExportedLine(
                source,
                number,
                entry,
                g_no,
                day,
                name,
                code,
                country,
                usd,
                box,
                kind,
                Decimal(share) / _MILLION,
            )
        )
    return tuple(found)


def first_exported(*, party_id: int, sides: Sequence[str]) -> date | None:
    """The day of the party's first released line ever, in the asker's reach. One query."""
    where = " OR ".join(f"{SIDES[side]} = %s" for side in sides) or "false"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT min(released_on) FROM declarations_released_lines WHERE {where}",  # noqa: S608 - names of ours
            [party_id for _ in sides],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def top_exporters(*, side: str, since: date, until: date, limit: int) -> list[int]:
    """The parties that exported most on a side on the days ``[since, until)``, the largest first, in the asker's reach."""
    column = SIDES[side]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM declarations_released_lines WHERE released_on >= %s AND released_on < %s"  # noqa: S608
            f" GROUP BY {column} ORDER BY sum(value_cny) DESC, {column} LIMIT %s",
            [since, until, limit],
        )
        return [row[0] for row in cursor.fetchall()]
