"""The second wall: what raw SQL under the application's role reads and writes of this vertical's tables, as each role."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from trade_made_changes import agreement, party
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.trade.parties.models import ChangeRequest, Merge, Pair, Party, Reminder

pytestmark = pytest.mark.django_db
TABLES = ("parties_changerequest", "parties_reminder", "parties_merge", "parties_pair")


@pytest.fixture
def world() -> dict[str, Any]:
    """Two merchants with a request and a reminder each, a merge and a pair of the centre's; one agent of the first merchant."""
    made: dict[str, Any] = {}
    for code in ("M1", "M2"):
        merchant = person(Role.MER, code)
        row = party(f"户{code}", organisation=merchant.organisation)
        ChangeRequest.objects.create(
            party=row, party_revision=1, before={}, after={}, reason="x", requested_by=merchant.username
        )
        Reminder.objects.create(party=row, kind="filing", due_on=timezone.localdate())
        made[code] = merchant
        made[f"party {code}"] = row
    first, second = made["party M1"], made["party M2"]
    Merge.objects.create(kept=first, merged=second, moved={}, reason="x", merged_by="x")
    Pair.objects.create(left=first, right=second)
    agent = person(Role.AGT, "A1")
    agreement(first, party("代理", roles=["agent"], organisation=agent.organisation))
    made |= {
        "agent": agent,
        "buyer": person(Role.BUY, "B1"),
        "broker": person(Role.BRK, "K1"),
        "consolidator": person(Role.CSL, "C1"),
        "staff": person(Role.STF, sections=("SC",)),
        "other staff": person(Role.STF, username="wm", sections=("WM",)),
        "head": person(Role.HED),
        "auditor": person(Role.AUD),
        "finance": person(Role.FIN),
        "officer": person(Role.PFO),
        "administrator": person(Role.ADM),
    }
    return made


def seen(actor: Any) -> tuple[int, ...]:
    counts = []
    with as_(actor), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts.append(cursor.fetchone()[0])
    return tuple(counts)


@pytest.mark.parametrize(
    ("who", "rows"),
    [
        ("M1", (1, 1, 0, 0)),
        ("M2", (1, 1, 0, 0)),
        ("agent", (0, 0, 0, 0)),
        ("buyer", (0, 0, 0, 0)),
        ("broker", (0, 0, 0, 0)),
        ("consolidator", (0, 0, 0, 0)),
        ("staff", (2, 2, 1, 1)),
        ("other staff", (0, 0, 1, 0)),
        ("head", (2, 2, 1, 1)),
        ("auditor", (2, 2, 1, 1)),
        ("finance", (2, 2, 1, 1)),
        ("officer", (2, 2, 1, 1)),
        ("administrator", (0, 0, 0, 0)),
    ],
)
def test_each_role_reads_its_rows(world: dict[str, Any], who: str, rows: tuple[int, ...]) -> None:
    assert seen(world[who]) == rows


@pytest.mark.parametrize(
    "who",
    [
        "M2",
        "agent",
        "buyer",
        "broker",
        "consolidator",
        "other staff",
        "auditor",
        "finance",
        "officer",
        "administrator",
    ],
)
def test_nobody_writes_what_is_anothers(world: dict[str, Any], who: str) -> None:
    row = world["party M1"]
    with as_(world[who]), connection.cursor() as cursor:
        for statement in (
            "UPDATE parties_changerequest SET reason = 'y' WHERE party_id = %s",
            "DELETE FROM parties_changerequest WHERE party_id = %s",
            "UPDATE parties_reminder SET closed_at = now() WHERE party_id = %s",
            "DELETE FROM parties_reminder WHERE party_id = %s",
            "UPDATE parties_pair SET state = 'distinct' WHERE left_id = %s",
            "UPDATE parties_party SET merged_into_id = id WHERE id = %s",
        ):
            cursor.execute(statement, [row.pk])
            assert cursor.rowcount == 0, statement
        for statement in (
            "INSERT INTO parties_changerequest (party_id, kind, state, party_revision, before, after, reason, requested_by,"
            " decided_by, decision_reason) VALUES (%s, 'renewal', 'submitted', 1, '{}', '{}', 'x', 'x', '', '')",
            "INSERT INTO parties_reminder (party_id, kind, due_on) VALUES (%s, 'filing', '2030-01-01')",
            "INSERT INTO parties_tenancy (party_id, stall_id, valid_from) VALUES (%s, 1, '2030-01-01')",
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                cursor.execute(statement, [row.pk])


def test_candidates_and_standings_tell_nobody_outside_who_is_there(world: dict[str, Any]) -> None:
    row = world["party M1"]
    party("户M1")
    for who, alike, known in (("staff", True, True), ("M1", False, True), ("administrator", False, False)):
        with as_(world[who]), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM parties_alike(%s, 40)", [row.pk])
            assert bool(cursor.fetchone()[0]) is alike, who
            cursor.execute("SELECT count(*) FROM parties_standing(%s)", [[row.pk]])
            assert bool(cursor.fetchone()[0]) is known, who
    with as_(world["M1"]):
        assert list(Party.objects.values_list("name", flat=True)) == ["户M1"]
