"""The demo's dispatched staff and base: loaded once, planted faults are there, the measure computes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from youju.analytics.answers import ask
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.identity import demo as people
from youju.foundation.identity.models import User
from youju.foundation.kernel.context import reaching_all
from youju.foundation.metrics.postgres import PostgresEngine
from youju.foundation.workflow.selectors import case, todo
from youju.office.base import selectors as base
from youju.office.base import services as base_services
from youju.office.base.demo import loading as base_demo
from youju.office.base.models import Brand, Document, Patent, Platform
from youju.office.base.registers import REGISTERS
from youju.office.base.selectors import RecordFilter
from youju.office.staff import events, selectors, services
from youju.office.staff.demo import loading as staff_demo
from youju.office.staff.models import StaffLine, StaffMonth
from youju.rules.office.base.kinds import DOCUMENTS, PATENTS, PLATFORMS

DISPATCH = "13060523P00454310001A"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from django.db import transaction

    with django_db_blocker.unblock(), reaching_all(), transaction.atomic():
        people.load()
        assert staff_demo.load() and base_demo.load()
        assert not staff_demo.load() and not base_demo.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _open(loaded: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), reaching_all():
        yield


def staff() -> User:
    return User.objects.get(username="demo-stf")


def value(period: str, **parameters: str) -> tuple[Decimal | None, str]:
    answer = ask(
        metrics()["staff.dispatched_count"],
        Scope(Period.parse(period), "baigou", parameters),
        PostgresEngine(),
    )
    return answer.value, answer.result.reason


def test_the_measure_of_project_4_computes() -> None:
    assert value("2023", project=DISPATCH) == (6, "")
    assert value("2023", section="SC") == (2, "")
    assert "只导入了 1 个月" in value("2024-01..2024-02")[1]


def test_wages_are_what_payments_of_the_demo_pay() -> None:
    page = selectors.overview(staff(), 2023)
    assert (page.paid, page.due, page.least, page.missing) == (Decimal("450100.00"),) * 2 + (6, ())


def test_what_is_planted_in_the_months_is_there() -> None:
    assert list(StaffMonth.objects.exclude(state="closed").values_list("month", flat=True)) == [
        date(2024, 1, 1)
    ]
    assert StaffMonth.objects.get(reopened=1).month == date(2023, 3, 1)
    assert StaffLine.objects.get(version=2).reason
    assert {row.month for row in selectors.lines(staff(), selectors.LineFilter(only="late"))} == {
        date(2023, 2, 1)
    }
    assert [row.person for row in selectors.lines(staff(), selectors.LineFilter(only="unpaid"))] == ["PQ-003"]
    finance = User.objects.get(username="demo-fin")
    assert "2024-01" in {each.subject.key for each in todo(finance)}
    steps = case(events.month_subject(date(2023, 3, 1)))
    assert steps is not None and steps.state == "closed"
    made = services.remind(today=date(2024, 3, 11))
    assert made == {"months": 1, "opened": 1, "wages": 1}


def test_the_month_of_2024_is_closed_by_finance_alone() -> None:
    finance = User.objects.get(username="demo-fin")
    assert services.take_month_step(actor=finance, month=date(2024, 1, 1), step="close").state == "closed"


def test_the_registers_are_there() -> None:
    counts = (
        Document.objects.count(),
        Patent.objects.count(),
        Brand.objects.count(),
        Platform.objects.count(),
    )
    assert counts == (20, 25, 15, 4)
    found: dict[str, list[str]] = {}
    for register in REGISTERS:
        for row in base.records(staff(), register):
            for each in base.record_page(staff(), register, row.pk).findings:
                found.setdefault(each.rule, []).append(row.number)
    # What is planted, and nothing else.
    assert found.pop("BAS-003") == ["白商〔2022〕9号"]
    assert found.pop("BAS-001") == ["白管函[2023]6"]
    assert found.pop("BAS-007") == ["PT-2023-03", "PT-2023-02"]
    assert found == {}


def test_what_is_planted_in_the_base_is_there() -> None:
    refused = base.records(staff(), PLATFORMS, RecordFilter(state="refused")).get()
    page = base.record_page(staff(), PLATFORMS, refused.pk)
    assert page.row.refused_why and page.evidence and page.case is not None
    assert [each.number for each in base.records(staff(), PLATFORMS, RecordFilter(late=True)).order_by("number")] == [
        "PT-2023-02", "PT-2023-03",
    ]  # fmt: skip
    old = base.records(staff(), DOCUMENTS, RecordFilter(text="白商〔2020〕6号")).get()
    assert old.repealed_by == "白商〔2022〕4号" and old.repealed_on == date(2022, 5, 1)
    assert base.records(staff(), PATENTS, RecordFilter(state="granted")).count() > 10
    assert base_services.remind(today=date(2024, 1, 15))["reminded"] == 2
    overview = base.overview(staff())
    assert overview.amount == Decimal("950000.00") and sum(line.applied for line in overview.years) == 25
