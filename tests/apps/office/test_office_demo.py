"""The demo's office: loaded once, planted faults are there, every measure that stands on it computes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from youju.analytics.answers import ask, rows_behind
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.identity import demo as people
from youju.foundation.identity.models import User
from youju.foundation.kernel.context import reaching_all
from youju.foundation.metrics.linking import linked
from youju.foundation.metrics.postgres import PostgresEngine
from youju.foundation.policies import law_on
from youju.foundation.workflow.selectors import case, todo
from youju.office.contracts.demo import loading as contracts
from youju.office.contracts.facts import facts_of
from youju.office.contracts.models import Contract, Deliverable
from youju.office.contracts.selectors import accepted_value, due_payments
from youju.office.tasks import events, services
from youju.office.tasks.demo import loading as tasks
from youju.office.tasks.models import Matter, Task
from youju.rules.office.contracts.judging import judge

YEAR = Period.parse("2023")
COUNSEL, AFFAIRS, FAIRS = "13060523P00456310001Q", "13060523P004544100010", "13060523P00454610001B"
DISPATCH = "13060523P00454310001A"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from django.db import transaction
    from django.utils import timezone

    with django_db_blocker.unblock(), reaching_all(), transaction.atomic():
        people.load()
        assert tasks.load(today=timezone.localdate()) and contracts.load()
        assert not tasks.load(today=timezone.localdate()) and not contracts.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _open(loaded: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), reaching_all():
        yield


def value(code: str, **parameters: str) -> Decimal | None:
    return ask(metrics()[code], Scope(YEAR, "baigou", parameters), PostgresEngine()).value


def test_each_of_the_twelve_projects_has_tasks() -> None:
    assert Task.objects.exclude(project="").order_by().values("project").distinct().count() == 12
    assert all(case(events.subject_of(row)) is not None for row in Task.objects.all()[:20])


def test_what_is_planted_is_there() -> None:
    late = Task.objects.filter(state="accepted", kind__in=["work", "training", "research", "rectification"])
    assert [row.title for row in late if row.accepted_on and row.accepted_on > row.due_on] == [
        "组织企业参加第 133 届广交会"
    ]
    assert [row.title for row in Task.objects.filter(state="under_way", due_on__year=2023)] == [
        "全年参展工作总结"
    ]
    assert Matter.objects.filter(outcome="unmet", task__kind="request").count() == 1
    assert Deliverable.objects.get(state="refused").refused_why
    merchant = User.objects.get(username="demo-mer")
    assert Task.objects.filter(organisation=merchant.organisation_id).count() == 3


def test_every_measure_of_the_office_computes() -> None:
    found = {
        "all": value("tasks.completion_rate"),
        "on time": value("tasks.on_time_rate"),
        "affairs": value("tasks.completion_rate", project=AFFAIRS),
        "new": value("tasks.completion_rate", tag="创新"),
        "dispatch": value("tasks.completion_rate", project=DISPATCH),
        "fairs": value("tasks.on_time_rate", project=FAIRS),
        "disputes": value("disputes.resolved_rate"),
        "requests": value("requests.fulfilled_rate"),
        "counsel": value("contracts.engagement_count", tag="法律顾问", project=COUNSEL),
        "accepted": value("contracts.acceptance_rate", project=COUNSEL),
        "all accepted": value("contracts.acceptance_rate"),
    }
    assert all(each is not None for each in found.values()), found
    assert found["affairs"] == found["new"] == found["dispatch"] == found["accepted"] == 100
    assert found["counsel"] == 1
    assert found["disputes"] == 90
    assert found["requests"] is not None and 90 < found["requests"] < 100
    assert found["all accepted"] is not None and 90 < found["all accepted"] < 100
    assert found["on time"] is not None and found["all"] is not None and found["on time"] < found["all"] < 100


def test_the_rows_behind_a_rate_open_onto_their_pages() -> None:
    for code, path in (
        ("tasks.on_time_rate", "/tasks/"),
        ("disputes.resolved_rate", "/tasks/"),
        ("contracts.engagement_count", "/contracts/"),
        ("contracts.acceptance_rate", "/contracts/deliverables/"),
    ):
        rows = rows_behind(metrics()[code], Scope(YEAR, "baigou"), PostgresEngine(), limit=3).to_pylist()
        assert all(link.url.startswith(path) for link in linked(rows)), code


def test_payments_find_what_is_due() -> None:
    due = due_payments(COUNSEL, YEAR)
    assert [(each.amount, each.ready) for each in due] == [
        (Decimal("48000.00"), True), (Decimal("12500.00"), True), (Decimal("12500.00"), True), (Decimal("12500.00"), True),
    ]  # fmt: skip
    assert accepted_value(COUNSEL, YEAR) == Decimal("50000.00")


def test_the_contracts_are_free_of_what_the_rules_refuse() -> None:
    for row in Contract.objects.all():
        assert judge(facts_of(row, "register", row.signed_on), law_on(row.signed_on)) == [], row


def test_the_to_do_lists_are_alive() -> None:
    from django.utils import timezone

    staff = User.objects.get(username="demo-stf")
    labels = {each.subject.label.split(" ", 1)[1] for each in todo(staff)}
    assert {"整理本周报关差错", "回复商务局数据核对", "全年参展工作总结", "拼箱出口询价"} <= labels
    made = services.remind(today=timezone.localdate())
    assert made["late"] >= 2 and made["soon"] >= 1


def test_numbers_go_on_behind_the_demo() -> None:
    from office_made import task

    staff = User.objects.get(username="demo-stf")
    row = task(staff, kind="research")
    assert row.number not in set(Task.objects.exclude(pk=row.pk).values_list("number", flat=True))
