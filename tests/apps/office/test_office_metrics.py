"""The six measures of the office: what counts and what does not, on PostgreSQL and on DuckDB, equal to plain Python."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics_made import as_arrow
from office_made import contract, deliverable, dispute, finished, request, task, today
from youju.analytics.answers import ask, digest
from youju.analytics.engines import DuckEngine
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.identity.models import User
from youju.foundation.metrics.postgres import PostgresEngine
from youju.office.contracts import services as contracts
from youju.office.tasks import services
from youju.office.tasks.models import Task
from youju.office.tasks.services import Ending

YEAR = Period.parse("2023")
Row = dict[str, Any]


def engine(**tables: list[Row]) -> DuckEngine:
    names = ("due_tasks", "received_matters", "signed_contracts", "due_deliverables")
    arrow = {name: as_arrow(name, tables.get(name, [])) for name in names}
    return DuckEngine(as_of=datetime(2024, 1, 1, tzinfo=UTC), arrow=arrow, threads=1)


def due(key: int, day: date, **given: Any) -> Row:
    return {
        "pilot": "baigou", "task_id": key, "number": f"RW2023-{key:05d}", "kind": "work", "tags": "||", "project": "",
        "section": "", "due_on": day, "accepted": False, "on_time": False,
    } | given  # fmt: skip


def matter(key: int, day: date, **given: Any) -> Row:
    return {
        "pilot": "baigou", "task_id": key, "number": f"JF2023-{key:05d}", "kind": "dispute", "topic": "payment", "tags": "||",
        "project": "", "received_on": day, "closed": False, "within_limit": False, "met": False,
    } | given  # fmt: skip


ROWS = [
    due(1, date(2022, 12, 31), accepted=True, on_time=True),  # the day before the period
    due(2, date(2023, 1, 1), accepted=True, on_time=True, tags="|创新|培训|", project="P1"),
    due(3, date(2023, 12, 31), accepted=True, tags="|创新|", project="P1"),
    due(4, date(2023, 6, 1), kind="research", tags="|创新型|"),
    due(5, date(2023, 6, 1), kind="dispute", accepted=True, on_time=True),
    due(6, date(2024, 1, 1)),  # the day after
    due(7, date(2023, 6, 1), pilot="yiwu"),
]
MATTERS = [
    matter(1, date(2023, 1, 1), closed=True, within_limit=True, met=True),
    matter(2, date(2023, 12, 31), closed=True),
    matter(3, date(2024, 1, 1), closed=True, within_limit=True),
    matter(4, date(2023, 5, 5), kind="request", closed=True, within_limit=True, met=True, project="P1"),
    matter(5, date(2023, 5, 5), kind="request", closed=True, within_limit=True),
    matter(6, date(2023, 5, 5), kind="request"),
]


@pytest.mark.parametrize(
    ("code", "parameters", "value"),
    [
        ("tasks.completion_rate", {}, "66.666667"),
        ("tasks.completion_rate", {"tag": "创新"}, "100"),
        ("tasks.completion_rate", {"tag": "创"}, None),
        ("tasks.completion_rate", {"kind": "dispute"}, "100"),
        ("tasks.completion_rate", {"project": "P1"}, "100"),
        ("tasks.completion_rate", {"section": "ZH"}, None),
        ("tasks.on_time_rate", {}, "33.333333"),
        ("tasks.on_time_rate", {"tag": "创新"}, "50"),
        ("disputes.resolved_rate", {}, "50"),
        ("requests.fulfilled_rate", {}, "33.333333"),
        ("requests.fulfilled_rate", {"project": "P1"}, "100"),
    ],
)
def test_the_measure_gives_what_its_definition_says(
    code: str, parameters: dict[str, str], value: str | None
) -> None:
    tables = engine(due_tasks=ROWS, received_matters=MATTERS)
    answer = ask(metrics()[code], Scope(YEAR, "baigou", parameters), tables)
    assert answer.value == (None if value is None else Decimal(value))
    if value is None:
        assert "算不出" in answer.result.reason


def test_contracts_signed_and_deliverables_accepted() -> None:
    signed = [
        {
            "pilot": "baigou", "contract_id": key, "number": f"C{key}", "tags": tags, "project": project, "signed_on": day,
            "valid_from": day, "valid_to": day, "amount": Decimal("1.00"),
        }
        for key, day, tags, project in (
            (1, date(2023, 1, 1), "|法律顾问|", "P2"),
            (2, date(2023, 12, 31), "||", "P2"),
            (3, date(2022, 12, 31), "|法律顾问|", "P2"),
        )
    ]  # fmt: skip
    parts = [
        {
            "pilot": "baigou", "deliverable_id": key, "number": f"C1-{key}", "contract_id": 1, "tags": "|法律顾问|",
            "project": "P2", "due_on": day, "price": Decimal("1.00"), "accepted": accepted,
        }
        for key, day, accepted in ((1, date(2023, 3, 31), True), (2, date(2023, 12, 31), False), (3, date(2024, 1, 1), False))
    ]  # fmt: skip
    tables = engine(signed_contracts=signed, due_deliverables=parts)

    def value(code: str, **parameters: str) -> Decimal | None:
        return ask(metrics()[code], Scope(YEAR, "baigou", parameters), tables).value

    assert value("contracts.engagement_count") == 2
    assert value("contracts.engagement_count", tag="法律顾问") == 1
    assert value("contracts.acceptance_rate") == 50
    assert value("contracts.acceptance_rate", project="P9") is None


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.dates(date(2022, 12, 1), date(2024, 1, 31)), st.booleans(), st.booleans(),
            st.sampled_from(["work", "training", "request"]),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_duckdb_gives_what_plain_python_gives(made: list[tuple[date, bool, bool, str]]) -> None:
    rows = [
        due(key, day, accepted=accepted, on_time=accepted and early, kind=kind)
        for key, (day, accepted, early, kind) in enumerate(made, 1)
    ]
    tables, scope = engine(due_tasks=rows), Scope(YEAR, "baigou")
    inside = [row for row in rows if YEAR.contains(row["due_on"]) and row["kind"] != "request"]
    for code, column in (("tasks.completion_rate", "accepted"), ("tasks.on_time_rate", "on_time")):
        share = None
        if inside:
            counted = Decimal(sum(row[column] for row in inside))
            share = (counted * 100 / len(inside)).quantize(Decimal("0.000001"), ROUND_HALF_UP)
        assert ask(metrics()[code], scope, tables).value == share
        assert digest(metrics()[code], scope, tables).count == len(inside)


@pytest.mark.django_db
def test_postgres_counts_what_was_cancelled_late_and_not_what_was_cancelled_in_time(
    staff: User, colleague: User
) -> None:
    day = today()
    services.take_step(actor=colleague, task_id=finished(staff, task(staff, due_on=day)).pk, step="accept")
    late = task(staff, due_on=day - timedelta(days=1), starts_on=day - timedelta(days=2))
    for row in (late, task(staff, due_on=day)):
        services.take_step(actor=staff, task_id=row.pk, step="cancel", reason="不办了")
    period = Period(late.due_on.replace(day=1), (day.replace(day=1) + timedelta(days=32)).replace(day=1))
    answer = ask(metrics()["tasks.completion_rate"], Scope(period, "baigou"), PostgresEngine())
    assert (answer.counts, answer.value) == ({"accepted": 1, "open": 1}, 50)


@pytest.mark.django_db
def test_postgres_reads_requests_disputes_and_contracts(staff: User, colleague: User, merchant: User) -> None:
    asked, open_one = request(merchant), dispute(merchant)
    services.take_step(actor=staff, task_id=asked.pk, step="begin")
    services.take_step(actor=staff, task_id=asked.pk, step="finish", ending=Ending("", "met", "已订到"))
    services.take_step(actor=colleague, task_id=asked.pk, step="accept")
    row = contract(staff)
    part = deliverable(staff, row)
    deliverable(staff, row, title="第二份")
    contracts.take_deliverable_step(actor=staff, deliverable_id=part.pk, step="deliver")
    contracts.take_deliverable_step(actor=colleague, deliverable_id=part.pk, step="accept")
    period = Period.year(today().year)
    signed = Period(
        row.signed_on.replace(day=1), (row.signed_on.replace(day=1) + timedelta(days=32)).replace(day=1)
    )

    def value(code: str, period: Period) -> Decimal | None:
        return ask(metrics()[code], Scope(period, "baigou"), PostgresEngine()).value

    assert value("requests.fulfilled_rate", period) == 100
    assert value("disputes.resolved_rate", period) == 0
    assert value("contracts.engagement_count", signed) == 1
    assert value("contracts.acceptance_rate", period) == 50
    assert open_one.state == "planned"


@pytest.mark.django_db
def test_changes_are_noted_for_the_lake(staff: User) -> None:
    def noted() -> set[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT source, key FROM metrics_change WHERE source IN ('tasks', 'contracts', 'deliverables')"
            )
            return set(cursor.fetchall())

    row = contract(staff)
    part = deliverable(staff, row)
    planned = task(staff)
    wanted = {("tasks", planned.pk), ("contracts", row.pk), ("deliverables", part.pk)}
    assert wanted <= noted()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM metrics_change WHERE source = 'deliverables'")
        (before,) = cursor.fetchone()
    contracts.end_contract(actor=staff, contract_id=row.pk, ended_on=today(), void=True, reason="登记错了")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM metrics_change WHERE source = 'deliverables'")
        assert cursor.fetchone()[0] == before + 1
    assert Task.objects.count() == 1
