"""The demo's events: loaded once, planted faults are there, metrics compute and open, the summary reads back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from docx import Document

from youju.analytics.answers import ask, rows_behind
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.documents.figures.reading import read_figures
from youju.foundation.identity import demo as people
from youju.foundation.identity.demo import find
from youju.foundation.identity.models import User
from youju.foundation.kernel.context import reaching_all
from youju.foundation.metrics.linking import linked
from youju.foundation.metrics.postgres import PostgresEngine
from youju.foundation.policies import law_on
from youju.foundation.workflow.selectors import case
from youju.office.events import events, selectors, services
from youju.office.events.demo import loading
from youju.office.events.documents.summary import SUMMARY, summary_context
from youju.office.events.facts import event_facts
from youju.office.events.models import Application, Attendance, Deal, Event, Prospect, Signup
from youju.rules.office.events.judging import judge

YEAR = Period.parse("2023")


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from django.db import transaction
    from django.utils import timezone

    with django_db_blocker.unblock(), reaching_all(), transaction.atomic():
        people.load()
        assert loading.load(today=timezone.localdate())
        assert not loading.load(today=timezone.localdate())
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _open(loaded: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), reaching_all():
        yield


def staff() -> User:
    found = find("stf")
    assert found is not None
    return found


def value(code: str, **parameters: str) -> Decimal | None:
    return ask(metrics()[code], Scope(YEAR, "baigou", parameters), PostgresEngine()).value


def test_the_year_has_every_kind_and_places_are_counted() -> None:
    kinds = list(Event.objects.values_list("kind", flat=True))
    assert kinds.count("exhibition") == 5 and kinds.count("training") == 6
    assert Prospect.objects.count() == 15 and Application.objects.count() == 3
    assert set(Prospect.objects.values_list("stage", flat=True)) == {
        "contacted", "negotiating", "signed", "landed", "lost",
    }  # fmt: skip
    for row in Event.objects.all():
        held = sum(each.wanted for each in row.signups.filter(state__in=["applied", "approved"]))
        assert row.taken == held, row.name


def test_the_planted_faults_are_found() -> None:
    from django.utils import timezone

    today = timezone.localdate()
    law = law_on(today)
    late = Event.objects.get(name__startswith="第 134 届")
    assert [each.rule for each in judge(event_facts(late, "watch", today), law)] == ["EVT-003"]
    dear = Event.objects.get(country="RU")
    assert [each.rule for each in judge(event_facts(dear, "cost", today), law)] == ["EVT-004"]
    snow = Event.objects.get(name__startswith="第 4 季度")
    assert "EVT-009" in [each.rule for each in judge(event_facts(snow, "report", today), law)]
    assert Deal.objects.filter(state="refused").count() == 1
    assert Signup.objects.filter(state="waiting").count() == 1
    assert Attendance.objects.filter(present=True).count() > 100


def test_every_case_stands_where_its_record_stands() -> None:
    for row in Event.objects.all():
        found = case(events.subject_of(row))
        assert found is not None and found.state == row.state
    for signup in Signup.objects.select_related("event"):
        found = case(events.signup_subject(signup, signup.event.name))
        assert found is not None and found.state == signup.state


def test_the_merchant_sees_what_is_offered_and_its_own() -> None:
    merchant = find("mer")
    assert merchant is not None
    offered = selectors.announced(merchant, still_open=True)
    assert [row.country for row in offered] == ["AE"]
    assert selectors.signups(merchant).count() == 3 and selectors.deals(merchant).count() == 3


def test_metrics_compute_and_open_their_records() -> None:
    assert value("events.participant_count", kind="exhibition") == 27
    assert value("events.orders_won") == Decimal(
        sum(each.amount for each in Deal.objects.filter(state="confirmed"))
    )
    assert value("events.orders_won", country="KZ") == Decimal("665000.00")
    for code, path in (("participant_count", "/events/signups/"), ("orders_won", "/events/deals/")):
        rows = rows_behind(
            metrics()[f"events.{code}"], Scope(YEAR, "baigou"), PostgresEngine(), limit=3
        ).to_pylist()
        assert rows and all(link.url.startswith(path) for link in linked(rows)), code


def test_the_night_says_what_is_late_and_repeats_nothing() -> None:
    from django.utils import timezone

    today = timezone.localdate()
    first = services.remind(today=today)
    assert first["late"] >= 3
    assert services.remind(today=today) == {"soon": 0, "late": 0}


def test_the_summary_reads_back_with_its_figures() -> None:
    row = Event.objects.get(name__startswith="第 133 届")
    context = summary_context(selectors.event_page(staff(), row.pk))
    content = SUMMARY.render(context, "docx")
    word = Document(io.BytesIO(content))
    cells = [cell.text for table in word.tables for line in table.rows for cell in line.cells]
    assert row.number in cells and "白沟示例旅行箱商行" in cells and "阿联酋" in cells
    figures = {each.code: each.value for each in read_figures(content, "小结.docx")}
    assert figures["events.cost"] == "245400.00" and figures["events.orders_won"] == "1434300.00"
    for other in Event.objects.exclude(pk=row.pk):
        other_page = selectors.event_page(staff(), other.pk)
        assert SUMMARY.render(summary_context(other_page), "docx").startswith(b"PK"), other.name
