"""Whose filings somebody sees: by selector, page, export and endpoint as each role, and by raw SQL with another's reach set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client

from trade_made_filing import approved, drafted, merchant_form, submitted
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors as workflow
from youju.trade.parties import selectors, services
from youju.trade.parties.models import Party

NONE = 404
TABLES = ("parties_party", "parties_identifier", "parties_paper", "parties_filingdraft")


class World:
    """Two merchants, an agent, staff of two sections, and what each has on its way."""

    def __init__(self) -> None:
        self.staff = person(Role.STF)
        self.market = person(Role.STF, username="stf-sc", sections=("SC",))
        self.trade = person(Role.STF, username="stf-wm", sections=("WM",))
        self.hong, self.lan = person(Role.MER, "HONG"), person(Role.MER, "LAN")
        self.agent = person(Role.AGT, "AGT1")
        self.head, self.auditor = person(Role.HED), person(Role.AUD)
        self.filed = approved(self.hong, self.staff)
        self.other = submitted(self.lan, merchant_form(2))
        self.draft = drafted(self.lan, merchant_form(3))

    @property
    def people(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if hasattr(value, "username")}


SEEN = {
    "staff": {"filed", "other"},
    "market": {"filed", "other"},
    "trade": set(),
    "hong": {"filed"},
    "lan": {"other", "draft"},
    "agent": set(),
    "head": {"filed", "other"},
    "auditor": {"filed", "other"},
}
"""What each sees. What a party has begun and not handed in is its own."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    from youju.foundation.kernel.context import reaching_all

    with django_db_blocker.unblock(), transaction.atomic():
        with reaching_all():
            made = World()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _open(world: World, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def of(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name])
    return client


@pytest.mark.parametrize("name", SEEN)
def test_selectors_show_ones_own(world: World, name: str) -> None:
    with as_(world.people[name]) as user:
        keys = {each: getattr(world, each).pk for each in ("filed", "other", "draft")}
        seen = set(selectors.parties(user).values_list("pk", flat=True))
        assert seen == {keys[each] for each in SEEN[name]}
        for each, key in keys.items():
            if each in SEEN[name]:
                assert selectors.party_page(user, key).party.pk == key
            else:
                with pytest.raises(InputError) as caught:
                    selectors.party_page(user, key)
                assert caught.value.status == NONE


@pytest.mark.parametrize("name", SEEN)
def test_pages_and_endpoints_show_ones_own(world: World, name: str) -> None:
    client = of(world, name)
    for each in ("filed", "other", "draft"):
        key = getattr(world, each).pk
        status = 200 if each in SEEN[name] else NONE
        assert client.get(f"/parties/{key}/").status_code == status, each
        assert client.get(f"/api/v1/parties/{key}").status_code == status, each
        paper = getattr(world, each).papers.first() if each in SEEN[name] else None
        answer = client.get(f"/parties/{key}/papers/{paper.pk if paper else 1}/")
        b"".join(getattr(answer, "streaming_content", ()))
        assert answer.status_code == status
    listed = client.get("/api/v1/parties/").json()
    assert {item["id"] for item in listed["items"]} == {getattr(world, each).pk for each in SEEN[name]}
    assert listed["total"] == len(SEEN[name])
    if name in ("staff", "market", "trade", "head", "auditor"):
        export = b"".join(client.get("/parties/?export=csv").streaming_content).decode()
        assert ("示例箱包商行1" in export, "示例箱包商行2" in export, "示例箱包商行3" in export) == (
            "filed" in SEEN[name],
            "other" in SEEN[name],
            False,
        )
    else:
        own = client.get("/parties/own/").content.decode()
        assert ("示例箱包商行1" in own, "示例箱包商行2" in own) == (name == "hong", name == "lan")


@pytest.mark.parametrize("name", SEEN)
def test_writes_reach_ones_own(world: World, name: str) -> None:
    """Nobody writes another's form; where a filing is not even seen, the answer does not tell that it is there."""
    with as_(world.people[name]) as user:
        for each in ("filed", "other", "draft"):
            mine = (name, each) == ("lan", "draft")
            key = getattr(world, each).pk
            try:
                with transaction.atomic():
                    services.keep_filing(
                        actor=user, party_id=key, base=2 if mine else 0, typed={"name": "改名"}
                    )
                assert mine
            except PermissionDenied:
                assert name in ("head", "auditor")
            except InputError as error:
                assert error.status == (
                    NONE if each not in SEEN[name] else 403 if name in ("staff", "market") else 409
                )


REACHES = {
    "own:{lan}": {"other", "draft"},
    "own:{hong}": {"filed"},
    "own:{agent}": set(),
    "sections:SC": {"filed", "other", "draft"},
    "sections:WM": {"draft"},
    "": set(),
}


@pytest.mark.parametrize("reach", REACHES)
def test_raw_sql_reads_no_foreign_row(world: World, reach: str) -> None:
    """Under the application's role, whatever the query says. A draft has no section yet; what is typed in it is nobody's."""
    told = reach.format(
        lan=world.lan.organisation_id, hong=world.hong.organisation_id, agent=world.agent.organisation_id
    )
    keys = {getattr(world, each).pk: each for each in ("filed", "other", "draft")}
    with acting(reads=told, writes=told), connection.cursor() as cursor:
        for table in TABLES:
            column = "id" if table == "parties_party" else "party_id"
            cursor.execute(f"SELECT DISTINCT {column} FROM {table}")
            seen = {keys[key] for (key,) in cursor.fetchall()}
            wanted = set(REACHES[reach])
            if table == "parties_identifier":
                wanted -= {"draft"}  # its numbers stand sealed in the form
            if table == "parties_filingdraft":
                wanted = {"draft"} if told == f"own:{world.lan.organisation_id}" else set()
            assert seen == wanted, table


@pytest.mark.parametrize("table", ["parties_identifier", "parties_paper", "parties_filingdraft"])
def test_raw_sql_writes_no_foreign_row(world: World, table: str) -> None:
    told = f"own:{world.hong.organisation_id}"
    with acting(reads=told, writes=told), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET party_id = party_id WHERE party_id = %s", [world.other.pk])
        assert cursor.rowcount == 0
        cursor.execute(f"DELETE FROM {table} WHERE party_id = %s", [world.other.pk])
        assert cursor.rowcount == 0
        columns, values = {
            "parties_identifier": (
                "kind, holder, sealed, fingerprint, masked",
                f"'phone', 'self', 'x', '{'0' * 64}', 'x'",
            ),
            "parties_paper": ("kind, number, filename, added_by", "'other', '', '', ''"),
            "parties_filingdraft": ("sealed, version, saved_by", "'x', 1, ''"),
        }[table]
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                f"INSERT INTO {table} (party_id, {columns}) VALUES (%s, {values})", [world.other.pk]
            )


def test_nobody_moves_a_filing_into_anothers_hands(world: World) -> None:
    told = f"own:{world.hong.organisation_id}"
    with acting(reads=told, writes=told), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "UPDATE parties_party SET organisation_id = %s WHERE id = %s",
                [world.lan.organisation_id, world.filed.pk],
            )
        # Whether a code is on file is told; nothing else is.
        cursor.execute("SELECT parties_filed(%s, NULL)", [[world.other.credit_code, "x"]])
        assert cursor.fetchall() == [(world.other.credit_code,)]
    with acting(reads="", writes=""), connection.cursor() as cursor:
        cursor.execute("SELECT parties_filed(%s, NULL)", [[world.other.credit_code]])
        assert cursor.fetchall() == []


def test_the_workflow_shows_cases_of_filings_that_may_be_seen(world: World) -> None:
    for name, count in (("market", 2), ("trade", 0), ("hong", 1), ("lan", 1), ("agent", 0), ("auditor", 2)):
        with as_(world.people[name]):
            assert workflow.cases(flow="parties.party").count() == count, name
    for name, waits in (("market", True), ("trade", False)):
        with as_(world.people[name]) as user:
            assert [each.subject.label for each in workflow.todo(user)] == (
                ["白沟新城示例箱包商行2"] if waits else []
            )
            assert workflow.todo_count(user) == int(waits)
    with as_(world.market):
        number = workflow.cases(flow="parties.party").first().pk
    assert of(world, "market").get(f"/work/cases/{number}/").status_code == 200
    assert of(world, "trade").get(f"/work/cases/{number}/").status_code == NONE


def test_an_agent_sees_its_principal_and_none_of_its_numbers(world: World) -> None:
    from datetime import timedelta

    from trade_made_filing import today
    from youju.foundation.kernel.context import reaching_all
    from youju.trade.parties.models import Agreement

    with reaching_all():
        agent = Party.objects.create(
            organisation=world.agent.organisation,
            roles=["agent"],
            sections=["WM"],
            state="approved",
            name="某代理",
        )
        Agreement.objects.create(
            number="X-1",
            principal=world.filed,
            agent=agent,
            state="in_force",
            valid_from=today() - timedelta(days=1),
            valid_to=today() + timedelta(days=1),
        )
    with as_(world.agent) as user:
        page = selectors.party_page(user, world.filed.pk)
        assert (page.papers, list(page.options), page.may_edit) == ([], [], False)
        assert page.identifiers == []
        with pytest.raises(InputError):
            services.keep_filing(actor=user, party_id=world.filed.pk, base=0, typed={"name": "改名"})
