"""Whose consolidations and packings: by selectors, and by raw SQL under the application's role."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from trade_deals import make_deal
from trade_loads import boxed, confirmed, gatherer, opened
from trade_people import as_, person
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.roles import Role
from youju.trade.packing import permissions, selectors, services
from youju.trade.packing.models import Packing

pytestmark = pytest.mark.django_db
TABLES = {
    "packing_balance": 2,
    "packing_consolidation": 1,
    "packing_consolidatedline": 2,
    "packing_packing": 1,
    "packing_container": 1,
    "packing_packedline": 2,
}
ALL, NONE = list(TABLES.values()), [0] * len(TABLES)


@pytest.fixture
def town(db: Any) -> dict[str, Any]:
    """A packed deal with its people, and everybody else."""
    deal, other = make_deal(), make_deal("Z")
    collector = gatherer(deal)
    row = opened(deal, confirmed(deal), close=True, consolidator="C1")
    packing, _ = boxed(deal)
    with as_(deal.agent) as user:
        services.pack_all(actor=user, number=packing.number, consolidation=row.number)
    return {
        "numbers": (row.number, packing.number),
        "merchant": deal.merchant,
        "agent": deal.agent,
        "buyer": deal.buyer,
        "consolidator": collector,
        "market": person(Role.STF, sections=("SC",), username="stf-sc"),
        "accounts": person(Role.STF, sections=("CW",), username="stf-cw"),
        "head": person(Role.HED),
        "auditor": person(Role.AUD),
        "admin": person(Role.ADM),
        "other merchant": other.merchant,
        "other agent": other.agent,
        "other consolidator": person(Role.CSL, "CSL-9"),
        "broker": person(Role.BRK, "BRK-9"),
    }


SEES = ("merchant", "agent", "buyer", "consolidator", "market", "head", "auditor")
BLIND = ("accounts", "admin", "other merchant", "other agent", "other consolidator", "broker")


def counts() -> list[int]:
    found = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(int(cursor.fetchone()[0]))
    return found


@pytest.mark.parametrize("who", SEES + BLIND)
def test_each_sees_its_own(town: dict[str, Any], who: str) -> None:
    with as_(town[who]) as me:
        assert counts() == (ALL if who in SEES else NONE)
        if allowed(me, permissions.VIEW):
            gathered, packed = town["numbers"]
            seen = who in SEES
            assert [row.number for row in selectors.consolidations(actor=me)] == [gathered] * seen
            assert [row.number for row in selectors.packings(actor=me)] == [packed] * seen
            assert (selectors.packing_page(actor=me, number=packed) is not None) is seen
            assert (selectors.lines_for_planning(actor=me, number=packed) is not None) is seen


@pytest.mark.parametrize("who", (*BLIND, "auditor"))
def test_raw_writing_of_what_is_not_ones_own(town: dict[str, Any], who: str) -> None:
    with as_(town[who]), connection.cursor() as cursor:
        for table in TABLES:
            first = "order_line_id" if table == "packing_balance" else "id"
            cursor.execute(f"UPDATE {table} SET {first} = {first}")
            assert cursor.rowcount == 0, table
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0, table


def test_raw_rows_for_somebody_else_are_refused(town: dict[str, Any]) -> None:
    theirs = Packing.objects.get().pk
    refused = pytest.raises(DatabaseError, match="row-level security")
    with as_(town["other agent"]), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO packing_container (packing_id, number, kind, seal) VALUES (%s, 'X', '20GP', '')",
            [theirs],
        )
