"""Who handles a party and how it is graded: for rooms that judge parties in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from youju.trade.parties.models import Party


@dataclass(frozen=True, slots=True)
class Handled:
    """A party: whose people act for it, which sections handle it, its grade (empty where none), when it was filed."""

    id: int
    number: str
    name: str
    organisation: int | None
    sections: tuple[str, ...]
    credit_level: str
    chapters: tuple[str, ...]


def handled(ids: Iterable[int]) -> dict[int, Handled]:
    """By id, in the asker's reach. One query, or none for no ids."""
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    rows = Party.objects.filter(pk__in=wanted).values_list(
        "pk", "number", "name", "organisation_id", "sections", "credit_level", "chapters"
    )
    return {
        key: Handled(key, number, name, organisation, tuple(sections), level, tuple(chapters))
        for key, number, name, organisation, sections, level, chapters in rows
    }


def id_of(number: str) -> int | None:
    """The id of a filing number, in the asker's reach. One query."""
    return (
        Party.objects.filter(number=number.replace("\0", ""))
        .exclude(number="")
        .values_list("pk", flat=True)
        .first()
    )


def marks(ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Party → (kind, fingerprint) of what it might share, in the asker's reach (``parties_shared_marks``). One query."""
    found: dict[int, list[tuple[str, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT party_id, kind, value FROM parties_shared_marks WHERE party_id = ANY (%s) ORDER BY 1, 2, 3",
            [sorted(set(ids))],
        )
        for party, kind, value in cursor.fetchall():
            found.setdefault(party, []).append((kind, value))
    return found


def sharing(values: Iterable[tuple[str, str]], most: int) -> Mapping[tuple[str, str], list[int]]:
    """(kind, fingerprint) → the parties that hold it, at most so many of each, in the asker's reach. One query."""
    wanted = sorted(set(values))
    found: dict[tuple[str, str], list[int]] = {}
    if not wanted:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, value, party_id FROM (SELECT kind, value, party_id, row_number() OVER (PARTITION BY kind, value"
            " ORDER BY party_id) AS place FROM parties_shared_marks WHERE (kind, value) IN (SELECT * FROM unnest(%s::text[],"
            " %s::text[]))) held WHERE place <= %s ORDER BY 1, 2, 3",
            [[kind for kind, _ in wanted], [value for _, value in wanted], most],
        )
        for kind, value, party in cursor.fetchall():
            found.setdefault((kind, value), []).append(party)
    return found
