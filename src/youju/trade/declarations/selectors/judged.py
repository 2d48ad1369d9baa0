"""Declarations as the room of risk gives them a lane: who takes part, and which records stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from youju.trade.declarations.models import Declaration


@dataclass(frozen=True, slots=True)
class Judged:
    """A live declaration: its parties (agent and merchants), and its places: itself, its packing, its orders."""

    number: str
    declared_on: date
    sections: tuple[str, ...]
    parties: tuple[int, ...]
    places: tuple[str, ...]


_ROWS = """
SELECT d.number, d.declared_on, d.sections::text[],
       array_agg(DISTINCT s.merchant_id) || d.agent_id,
       array_agg(DISTINCT 'order:' || o.order_number) || ('packing:' || p.number) || ('declaration:' || d.number)
FROM declarations_declaration d JOIN packing_packing p ON p.id = d.packing_id
JOIN declarations_declaredline l ON l.declaration_id = d.id JOIN declarations_sourceline s ON s.line_id = l.id AND s.live
JOIN orders_line_origins o ON o.order_line_id = s.order_line_id
WHERE d.id = ANY (%s) GROUP BY d.id, p.number ORDER BY d.id
"""


def for_lanes(limit: int, *, numbers: Sequence[str] = (), without: Iterable[str] = ()) -> list[Judged]:
    """Live declarations, the newest first: those of the numbers, else those that are not released yet.

    Args:
        limit: at most so many.
        numbers: which ones; empty for all that are not released yet.
        without: numbers that are known already.
    """
    rows = Declaration.objects.exclude(state__in=["rejected", "withdrawn"])
    rows = rows.filter(number__in=numbers) if numbers else rows.exclude(state__in=["released", "exported"])
    known = set(without)
    if known:
        rows = rows.exclude(number__in=known)
    ids = list(rows.order_by("-pk").values_list("pk", flat=True)[:limit])
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [ids])
        return [
            Judged(number, day, tuple(sections), tuple(parties), tuple(places))
            for number, day, sections, parties, places in cursor.fetchall()
        ]


def registrars(numbers: Iterable[str]) -> set[str]:
    """Who made these declarations, by username, in the asker's reach. One query."""
    rows = Declaration.objects.filter(number__in=set(numbers)).exclude(created_by="")
    return set(rows.order_by().values_list("created_by", flat=True).distinct())


def declarations_of_sources(sources: Iterable[int]) -> dict[int, tuple[int, int, int]]:
    """Source line → (declaration's id, item number, merchant's id), of released ones in the asker's reach. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT line_id, declaration_id, g_no, merchant_id FROM declarations_released_lines WHERE line_id = ANY (%s)",
            [sorted(set(sources))],
        )
        return {
            source: (declaration, g_no, merchant) for source, declaration, g_no, merchant in cursor.fetchall()
        }
