"""Partners in a deal: found by filing number, also where the asker may not read their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from youju.rules.trade.parties.lifecycle import APPROVED
from youju.trade.parties.models import Party


@dataclass(frozen=True, slots=True)
class Partner:
    """A party as its partners know it: no identifier, no contact. ``organisation`` is whose people act for it."""

    number: str
    id: int
    name: str
    roles: frozenset[str]
    country: str
    state: str
    valid_from: date | None
    valid_to: date | None
    merged_into: str
    organisation: int | None
    sections: tuple[str, ...]


def partners(numbers: Iterable[str]) -> Mapping[str, Partner]:
    """Filing number → partner, of those that exist. One query; who reaches nothing finds nobody."""
    wanted = sorted({each for each in numbers if each})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM parties_partners(%s)", [wanted])
        rows = cursor.fetchall()
    return {row[0]: partner_of(row) for row in rows}


def partner_of(row: Sequence[Any]) -> Partner:
    """A partner from a row of ``parties_partners``, also where it came as JSON, which writes days as text."""
    return Partner(
        number=row[0],
        id=row[1],
        name=row[2],
        roles=frozenset(row[3]),
        country=row[4],
        state=row[5],
        valid_from=_day(row[6]),
        valid_to=_day(row[7]),
        merged_into=row[8],
        organisation=row[9],
        sections=tuple(row[10]),
    )


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def organisations_of(ids: Iterable[int]) -> Mapping[int, int | None]:
    """Party id → the organisation whose people act for it, also of partners whose files the asker may not read. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, organisation_id FROM parties_directory(%s)", [sorted(set(ids))])
        return dict(cursor.fetchall())


def names_of(ids: Iterable[int]) -> Mapping[int, tuple[str, str]]:
    """Party id → (filing number, name), of partners too. One query, or none for no ids."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, number, name FROM parties_directory(%s)", [wanted])
        return {key: (number, name) for key, number, name in cursor.fetchall()}


def signs_of(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """By id: the name, and its core (字号) for where there is little room. One query, or none for no ids."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, parties_name_core(name) FROM parties_directory(%s)", [wanted])
        return {key: (name, core) for key, name, core in cursor.fetchall()}


def own_numbers(organisation: int, role: str) -> tuple[str, ...]:
    """Filing numbers of an organisation's approved parties that hold a role, in the asker's reach. One query."""
    rows = Party.objects.filter(
        organisation_id=organisation, state=APPROVED, merged_into=None, roles__contains=[role]
    )
    return tuple(rows.order_by("pk").values_list("number", flat=True))


def ids_of_role(organisation: int, role: str) -> tuple[int, ...]:
    """Ids of an organisation's parties that hold a role, in whatever state and merged ones too. One query."""
    rows = Party.objects.filter(organisation_id=organisation, roles__contains=[role])
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def ids_of_organisation(organisation: int) -> tuple[int, ...]:
    """Ids of an organisation's parties, in whatever role and state. One query."""
    return tuple(
        Party.objects.filter(organisation_id=organisation).order_by("pk").values_list("pk", flat=True)
    )
