"""Whose agreements: by selectors, and by raw SQL as the application role with another party set."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from trade_made_agree import Pair, pair
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.trade.parties import selectors

pytestmark = pytest.mark.django_db
TABLES = ("parties_agreement", "parties_signature")


@pytest.fixture
def mine() -> Pair:
    return pair()


@pytest.fixture
def theirs() -> Pair:
    return pair("MS-B", "WM-B")


def seen(who: User, table: str = "parties_agreement") -> int:
    with as_(who), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def listed(who: User) -> set[int]:
    with as_(who):
        return {row.pk for row in selectors.agreements(who)}


def fill(of: Pair) -> int:
    return of.concluded().pk


def test_each_reads_its_own_and_nobody_elses(mine: Pair, theirs: Pair) -> None:
    one, two = fill(mine), fill(theirs)
    for who, own in ((mine.seller, one), (mine.broker, one), (theirs.seller, two), (theirs.broker, two)):
        assert listed(who) == {own}
        assert [seen(who, table) for table in TABLES] == [1, 2]
    for who in (person(Role.STF), person(Role.HED), person(Role.AUD)):
        assert listed(who) == {one, two}
        assert [seen(who, table) for table in TABLES] == [2, 4]
    for who in (person(Role.ADM), person(Role.BRK, "BG-1"), person(Role.BUY, "CG-1")):
        assert [seen(who, table) for table in TABLES] == [0, 0]


def test_a_section_reads_what_it_handles(mine: Pair) -> None:
    fill(mine)
    markets = person(Role.STF, username="stf-sc", sections=("SC",))
    stores = person(Role.STF, username="stf-zh", sections=("ZH",))
    assert (len(listed(markets)), seen(markets)) == (1, 1)
    assert (len(listed(stores)), seen(stores)) == (0, 0)


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE parties_agreement SET state = 'ended'",
        "UPDATE parties_agreement SET text = ''",
        "UPDATE parties_signature SET voided_at = now()",
    ],
)
def test_raw_sql_changes_no_foreign_row(mine: Pair, theirs: Pair, deed: str) -> None:
    fill(mine)
    auditor = person(Role.AUD)
    for who in (theirs.seller, theirs.broker, auditor, person(Role.BUY, "CG-1")):
        with as_(who), connection.cursor() as cursor:
            cursor.execute(deed)
            assert cursor.rowcount == 0


def test_raw_sql_adds_nothing_to_a_foreign_agreement(mine: Pair, theirs: Pair) -> None:
    row = mine.offered()
    signature = (
        "INSERT INTO parties_signature (agreement_id, side, party_name, username, display_name, address, text_hash, signed_at)"
        f" VALUES ({row.pk}, 'agent', 'x', 'x', 'x', '', repeat('0', 64), now())"
    )
    agreement = (
        "INSERT INTO parties_agreement (number, principal_id, agent_id, state, revision, valid_from, valid_to, terms,"
        " text_hash, principal_signed_by, agent_signed_by, created_by, is_demo)"
        f" VALUES ('X', {mine.merchant.pk}, {mine.agent.pk}, 'in_force', 0, now(), now(), '{{}}', '', '', '', '', false)"
    )
    for who in (theirs.broker, person(Role.AUD)):
        for deed in (signature, agreement):
            with (
                as_(who),
                pytest.raises(DatabaseError, match="row-level security"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(deed)


def test_the_other_sides_file_stays_closed(mine: Pair) -> None:
    mine.concluded()
    with as_(mine.seller), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM parties_party WHERE id = %s", [mine.agent.pk])
        assert cursor.fetchone() == (0,)
