"""The demo's parties in the database: loaded once, whole or not at all, coherent with workflow, within row-level security."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from trade_made_demo import SMALL, TODAY
from youju.foundation.audit.selectors import history
from youju.foundation.database.copying import write
from youju.foundation.identity import demo as people
from youju.foundation.identity.models import Organisation, User
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.context import acting, reaching_all
from youju.foundation.kernel.sealing import fingerprint, unseal
from youju.foundation.workflow.models import Case
from youju.rules.trade.parties.lifecycle import AGREEMENT_KIND, PARTY_KIND
from youju.trade.parties.demo import loading
from youju.trade.parties.demo.agreements import agreements
from youju.trade.parties.demo.making import parties
from youju.trade.parties.models import Agreement, Identifier, Market, Paper, Party, Stall, Tenancy


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The small demo, loaded once for all tests of this file and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        people.load()
        assert loading.load(plan=SMALL)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _demo(request: pytest.FixtureRequest) -> None:
    if "alone" not in request.keywords:
        request.getfixturevalue("loaded")
    request.getfixturevalue("db")


def _account(name: str) -> User:
    return User.objects.get(username=name)


def test_everything_made_is_there() -> None:
    made = list(parties(SMALL))
    assert Party.objects.count() == len(made) == SMALL.parties
    assert Agreement.objects.count() == sum(1 for _ in agreements(SMALL))
    assert Identifier.objects.count() == sum(len(each.identifiers) for each in made)
    assert Paper.objects.count() == sum(len(each.papers) for each in made)
    assert Market.objects.count() == 4
    assert not Party.objects.filter(is_demo=False).exists()


def test_parties_stand_in_the_order_of_their_index() -> None:
    first = loading.first_id()
    assert first is not None
    rows = list(Party.objects.order_by("pk").values_list("pk", "name"))
    assert rows == [(first + each.index, each.values["name"]) for each in parties(SMALL)]


def test_a_second_load_changes_nothing() -> None:
    assert not loading.load(plan=SMALL)
    assert Party.objects.count() == SMALL.parties


def test_later_rows_get_ids_of_their_own() -> None:
    last = Party.objects.order_by("-pk")[0].pk
    with transaction.atomic():
        assert Party.objects.create(name="新来的", roles=["merchant"], sections=["SC"]).pk > last
        assert Stall.objects.create(
            market=Market.objects.all()[0], floor=9, row=1, position=1, number="9-01-01"
        ).pk
        transaction.set_rollback(True)


def test_every_party_has_its_case_in_its_state() -> None:
    cases = {case.subject_key: case for case in Case.objects.filter(subject_kind=PARTY_KIND)}
    rows = list(Party.objects.all())
    assert len(cases) == len(rows)
    for row in rows:
        case = cases[str(row.pk)]
        assert (case.state, case.label, case.flow) == (row.state, row.name, PARTY_KIND)
        assert (case.waiting_for == "parties.review") == (row.state in {"submitted", "reviewing"})
        assert (case.due_on is not None) == bool(case.waiting_for)
        assert (case.finished_at is not None) == (row.state == "cancelled")


def test_logs_are_numbered_and_end_where_the_case_stands() -> None:
    for case in Case.objects.filter(subject_kind__in=[PARTY_KIND, AGREEMENT_KIND]).prefetch_related("steps"):
        steps = list(case.steps.all())
        assert [step.number for step in steps] == list(range(1, len(steps) + 1))
        assert (steps[-1].to_state, steps[-1].at, steps[-1].round) == (
            case.state,
            case.entered_at,
            case.round,
        )


def test_identifiers_open_and_are_found_again() -> None:
    made = {each.index: each for each in parties(SMALL)}
    first = loading.first_id() or 0
    for row in Identifier.objects.all()[:40]:
        numbers = {kind: number for kind, _, number in made[row.party_id - first].identifiers}
        assert unseal(row.sealed) == numbers[row.kind]
        assert row.fingerprint == fingerprint(numbers[row.kind], row.kind)
        assert numbers[row.kind] not in row.masked


def test_planted_numbers_share_a_fingerprint() -> None:
    phones = Identifier.objects.filter(kind="phone", party__roles__contains=["merchant"]).order_by("party_id")
    marks = [row.fingerprint for row in phones]
    assert marks[3] == marks[18]
    assert marks[4] == marks[25]
    assert marks[3] != marks[4]


def test_stalls_are_held_by_who_was_put_on_file() -> None:
    held = Tenancy.objects.select_related("party", "stall")
    assert all(row.party.approved_at is not None for row in held)
    assert all((row.valid_to is None) == (row.party.state != "cancelled") for row in held)
    assert Stall.objects.count() > held.count()


def test_organisations_are_those_of_parties_with_accounts() -> None:
    own = Party.objects.get(organisation__code="DEMO-SH")
    assert (own.name, own.state) == ("示例箱包商户", "approved")
    with_body = Party.objects.exclude(organisation=None).select_related("organisation")
    assert all(row.channel == "web" for row in with_body)
    assert all(row.organisation.is_demo for row in with_body if row.organisation)
    assert not Organisation.objects.filter(code__startswith="DEMO-MER", is_demo=False).exists()


def test_the_demo_merchant_sees_its_own_filing_alone() -> None:
    with acting(**who(_account("demo-mer"))):
        assert {row.name for row in Party.objects.all()} == {"示例箱包商户"}
        assert Identifier.objects.count() == 2


def test_the_demo_agent_sees_its_principals_but_not_their_identifiers() -> None:
    agent = _account("demo-agt")
    with reaching_all():
        wanted = set(
            Agreement.objects.filter(
                agent__organisation=agent.organisation, state="in_force", valid_to__gte=TODAY
            ).values_list("principal_id", flat=True)
        )
        own = Party.objects.get(organisation=agent.organisation).pk
    with acting(**who(agent)):
        assert set(Party.objects.values_list("pk", flat=True)) == wanted | {own}
        assert set(Identifier.objects.values_list("party_id", flat=True)) == {own}
    assert len(wanted) >= 3


def test_staff_of_a_section_see_its_roles() -> None:
    with acting(reads="sections:SC", writes="sections:SC"):
        assert {role for row in Party.objects.all() for role in row.roles} == {"merchant", "manufacturer"}
        assert all("merchant" in row.roles for row in Party.objects.all())


def test_without_a_reach_nothing_is_seen() -> None:
    with acting(reads="", writes=""):
        assert not Party.objects.exists()


def test_the_load_is_on_the_trail() -> None:
    lines = history("parties.demo", "parties").lines
    assert len(lines) == 1
    assert "载入了" in str(lines[0])


def test_rows_with_signs_of_copy_and_arrays_come_through() -> None:
    names = ('a"b', "c\\d", "e,f", "{g}", "t\tn\n", "NULL", "")
    with transaction.atomic():
        write(
            Party,
            ("name", "roles", "scope", "chapters"),
            [{"name": "怪字符", "roles": ["merchant"], "scope": "\\N\t\n", "chapters": ("42", "39")}],
        )
        row = Party.objects.get(name="怪字符")
        assert (row.roles, row.scope, row.chapters, row.sections) == (
            ["merchant"],
            "\\N\t\n",
            ["42", "39"],
            [],
        )
        write(
            Party,
            ("name", "roles", "chapters", "sections"),
            [{"name": "数组", "roles": ["agent"], "sections": names}],
        )
        assert tuple(Party.objects.get(name="数组").sections) == names
        transaction.set_rollback(True)
