"""What partners are called: the names of parties whose files the reader may not read, from the directory of the trade."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection


def signs_of(party_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """By id: the name, and its core (字号) for where there is little room. One query, or none for no ids."""
    wanted = sorted(set(party_ids))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, parties_name_core(name) FROM parties_directory(%s)", [wanted])
        return {key: (name, core) for key, name, core in cursor.fetchall()}


def names_of(party_ids: Iterable[int]) -> dict[int, str]:
    """Names by id. One query, or none for no ids."""
    wanted = sorted(set(party_ids))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM parties_directory(%s)", [wanted])
        return dict(cursor.fetchall())
