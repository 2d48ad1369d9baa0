"""Goods as a deal needs them: by number, with the tariff line of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True, slots=True)
class Tradable:
    """A good of somebody's catalogue that the asker may use, as an element of what ``goods_tradable`` (goods.0008) gives.

    ``unit1``, ``unit2``: statutory units on the day; empty where the code is not in force.
    """

    number: str
    id: int
    party: int
    state: str
    name: str
    name_en: str
    model: str
    brand: str
    hs_code: str
    unit: str
    unit1: str
    unit2: str
    export_duty: bool
    inspection: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """A recognised good of a merchant, as a form offers it."""

    number: str
    name: str
    model: str
    unit: str


_OFFERED = """
SELECT number, name, model, unit FROM goods_good
WHERE party_id = %s AND state IN ('recognised', 'explained')
  AND (number ILIKE %s OR name ILIKE %s OR model ILIKE %s)
ORDER BY changed_at DESC, id DESC LIMIT %s
"""


def offered(party_id: int, *, text: str = "", limit: int = 200) -> list[Offered]:
    """The recognised goods of a party in the asker's reach, the latest changed first. One query.

    Args:
        party_id: whose.
        text: what number, name or model must contain.
        limit: at most so many.
    """
    sign = text.replace("\0", "").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    with connection.cursor() as cursor:
        cursor.execute(_OFFERED, [party_id, *[f"%{sign}%"] * 3, limit])
        return [Offered(*row) for row in cursor.fetchall()]


def numbers_of(ids: Iterable[int]) -> Mapping[int, str]:
    """Good id → number, of those in the asker's reach. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, number FROM goods_good WHERE id = ANY (%s)", [sorted(set(ids))])
        return dict(cursor.fetchall())


def brands_of(ids: Iterable[int]) -> Mapping[int, tuple[str, date | None]]:
    """Good id → kind of brand, and the last day of its authorisation (empty without one), of those in reach. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT good_id, brand_kind, authorised_until FROM goods_brands WHERE good_id = ANY (%s)",
            [sorted(set(ids))],
        )
        return {key: (kind, until) for key, kind, until in cursor.fetchall()}


def controlled_on(codes: Iterable[str], day: date) -> Mapping[str, tuple[str, bool, bool]]:
    """Code → (supervision conditions, has an export duty, wants inspection) on a day, of those under any control. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT hs_code, supervision, duty, inspection FROM goods_controlled_codes"
            " WHERE hs_code = ANY (%s) AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)",
            [sorted(set(codes)), day, day],
        )
        return {
            code: (supervision, duty, inspection) for code, supervision, duty, inspection in cursor.fetchall()
        }
