"""Whose rows: each role sees and writes its own goods alone, through selectors and by raw SQL under the application's role."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

import trade_made_goods as made
from kept import kept
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import acting
from youju.trade.goods import selectors
from youju.trade.goods.models import GoodDraft

pytestmark = pytest.mark.django_db


@kept
def town() -> dict[str, Any]:
    """Two merchants in two sections with a good each, an agent of the first, and everybody else."""
    people: dict[str, User] = {
        "first": person(Role.MER, "SH-1"),
        "second": person(Role.MER, "SH-2"),
        "agent": person(Role.AGT, "WM-1"),
        "buyer": person(Role.BUY),
        "head": person(Role.HED),
        "auditor": person(Role.AUD),
        "admin": person(Role.ADM),
        "market": person(Role.STF, sections=("SC",), username="stf-sc"),
        "trade": person(Role.STF, sections=("WM",), username="stf-wm"),
    }
    one, two = made.party("SH-1", sections=["SC"]), made.party("SH-2", sections=["WM"])
    made.agreement(one, made.party("WM-1", roles=("agent",)))
    goods = [made.good(one, "SP1"), made.good(two, "SP2")]
    for party, good, user in ((one, goods[0], people["first"]), (two, goods[1], people["second"])):
        GoodDraft.objects.create(user=user, party=party, good=good, form={})
    return {**people, "parties": (one, two), "goods": goods}


SEEN = {
    "first": ["SP1"],
    "second": ["SP2"],
    "agent": ["SP1"],
    "buyer": [],
    "head": ["SP1", "SP2"],
    "auditor": ["SP1", "SP2"],
    "admin": [],
    "market": ["SP1"],
    "trade": ["SP2"],
}
WRITES = {who: [] if who == "auditor" else rows for who, rows in SEEN.items()}


INSERT = """INSERT INTO goods_good (party_id, number, state, revision, name, name_en, model, brand_kind, brand, producer, unit,
 hs_code, extra_code, elements, explanation, created_by, is_demo)
 VALUES (%s, %s, 'draft', 0, 'x', '', '', 'none', '', '', '个', '4202221000', '', '{}', '', '', false)"""


def raw(sql: str, *parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()] if cursor.description else [cursor.rowcount]


@pytest.mark.parametrize("who", SEEN)
def test_each_sees_its_own(town: dict[str, Any], who: str) -> None:
    with as_(town[who]) as me:
        assert sorted(selectors.goods(me).values_list("number", flat=True)) == SEEN[who]
        assert raw("SELECT number FROM goods_good ORDER BY number") == SEEN[who]
        assert raw("SELECT count(*) FROM goods_gooddraft") == [len(SEEN[who])]
        for good in town["goods"]:
            assert (selectors.good(me, good.pk) is not None) == (good.number in SEEN[who])
            assert (selectors.good_page(me, good.pk) is not None) == (good.number in SEEN[who])


@pytest.mark.parametrize("who", WRITES)
def test_each_writes_its_own_alone_by_raw_sql(town: dict[str, Any], who: str) -> None:
    with as_(town[who]):
        assert raw("UPDATE goods_good SET name = 'x'") == [len(WRITES[who])]
        assert raw("DELETE FROM goods_gooddraft") == [len(WRITES[who])]
        for party, good in zip(town["parties"], town["goods"], strict=True):
            insert = INSERT
            try:
                with transaction.atomic():
                    raw(insert, party.pk, f"NEW-{party.pk}")
                written = True
            except DatabaseError:
                written = False
            assert written == (good.number in WRITES[who])


def test_a_good_cannot_be_moved_to_another_party(town: dict[str, Any]) -> None:
    one, two = town["parties"]
    with as_(town["first"]), pytest.raises(DatabaseError), transaction.atomic():
        raw("UPDATE goods_good SET party_id = %s WHERE party_id = %s", two.pk, one.pk)


def test_with_another_party_set_only_that_ones_rows_come(town: dict[str, Any]) -> None:
    other = town["second"].organisation_id
    with acting(reads=f"own:{other}", writes=""):
        assert raw("SELECT number FROM goods_good") == ["SP2"]
        assert raw("UPDATE goods_good SET name = 'x'") == [0]
    with acting(reads="", writes=""):
        assert raw("SELECT number FROM goods_good") == []
