"""Each metric of spending against its definition in plain Python, over records that the services made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from funds_made import Staff, approved, asked, due, paid, project, staff, stepped
from trade_people import as_
from youju.analytics.answers import all_rows, ask
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.metrics.linking import linked
from youju.foundation.metrics.models import Change
from youju.foundation.metrics.postgres import PostgresEngine
from youju.funds.payments import services
from youju.funds.payments.metrics.plans import PLAN_RATE
from youju.funds.payments.models import Payment
from youju.funds.projects import services as projects
from youju.funds.projects.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Staff:
    return staff()


def value(code: str, **parameters: str) -> Decimal | None:
    year = Period.year(timezone.localdate().year)
    return ask(metrics()[code], Scope(year, parameters=parameters), PostgresEngine()).value


@pytest.fixture
def year(team: Staff) -> tuple[Project, Project]:
    """Two projects; of the first 300 are paid on time with a tag, 100 late, 50 are on their way and overdue."""
    first, second = project(team, "1000.00", code="A"), project(team, "600.00", code="B")
    paid(team, first, "300.00", tags=("wages",))
    paid(team, first, "100.00", due_on=due(-1))
    approved(team, first, "50.00", due_on=due(-1))
    paid(team, second, "60.00")
    asked(team, second, "5.00")
    return first, second


def test_cost_and_execution(year: tuple[Project, Project]) -> None:
    assert value("payments.total_cost") == 460
    assert value("payments.total_cost", project="A") == 400
    assert value("payments.total_cost", tag="wages") == 300
    assert value("payments.executed_rate", project="A") == 40
    assert value("payments.executed_rate") == Decimal("28.75")
    assert value("payments.executed_rate", project="nothing") is None


def test_on_time_counts_what_is_due_by_amount(year: tuple[Project, Project]) -> None:
    # 300 on time, 100 late, 50 overdue and unpaid.
    assert value("payments.on_time_rate", project="A") == Decimal("66.666667")
    assert value("payments.on_time_rate", project="A", tag="wages") == 100
    assert value("payments.on_time_rate", project="B") == 100


def test_findings_and_outcomes(team: Staff, year: tuple[Project, Project]) -> None:
    first = Payment.objects.get(project=year[0], amount="100.00")
    services.note_finding(number=first.number, key="SJ-1", is_open=True)
    assert value("payments.compliance_rate", project="A") == 75
    services.note_finding(number=first.number, key="SJ-1", is_open=False)
    assert value("payments.compliance_rate", project="A") == 100
    assert value("payments.outcome_verified_rate", project="A") == 0
    from youju.foundation.files.services import keep

    kept = keep(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF", name="a.pdf", purpose="evidence")
    with as_(team.asks):
        services.submit_outcome(actor=team.asks, number=first.number, note="好", evidence=[kept.sha256])
    with as_(team.officer):
        services.decide_outcome(actor=team.officer, number=first.number, accept=True)
    assert value("payments.outcome_verified_rate", project="A") == 25


def test_batches_count_once_they_are_accepted(team: Staff, year: tuple[Project, Project]) -> None:
    with as_(team.asks):
        batch = projects.open_batch(actor=team.asks, project_id=year[0].pk, title="第一批")
        projects.step_batch(actor=team.asks, number=batch.number, step="deliver")
    assert value("projects.batches_completed") == 0
    with as_(team.head):
        projects.step_batch(actor=team.head, number=batch.number, step="accept")
    assert value("projects.batches_completed") == 1
    assert value("projects.batches_completed", project="B") == 0


def test_the_plan_rate_is_the_mean_over_the_points_that_passed(team: Staff) -> None:
    row = project(
        team, "1000.00", code="C", year=2023,
        plan={"03": Decimal("100.00"), "06": None, "10": Decimal("200.00"), "12": Decimal("400.00")},
    )  # fmt: skip
    days = [(date(2023, 2, 1), "150.00"), (date(2023, 10, 31), "40.00"), (date(2023, 11, 1), "10.00")]
    for day, amount in days:
        made = approved(team, row, amount, due_on=due())
        from funds_made import answered, answers, sent

        sent(team, made)
        answered(team, answers((f"{made.number}-01", amount, True, day)), name=f"{day}.csv")

    def plan(period: str) -> Decimal | None:
        return ask(
            PLAN_RATE, Scope(Period.parse(period), parameters={"project": "C"}), PostgresEngine()
        ).value

    # 150 of 100 (capped), 190 of 200, 200 of 400.
    assert plan("2023") == Decimal("81.666667")
    assert plan("2023-01..2023-06") == 100
    assert plan("2023-10") == 95
    assert plan("2022") is None
    future = project(team, "1000.00", code="D", year=2099)
    assert future.plan.count() == 4
    ahead = Scope(Period.year(2099), parameters={"project": "D"})
    assert ask(PLAN_RATE, ahead, PostgresEngine()).value is None


def test_every_row_opens_its_record(year: tuple[Project, Project]) -> None:
    scope = Scope(Period.year(timezone.localdate().year), parameters={"project": "A"})
    for code in ("payments.executed_rate", "payments.plan_rate", "payments.on_time_rate"):
        rows = [
            row for batch in all_rows(metrics()[code], scope, PostgresEngine()) for row in batch.to_pylist()
        ]
        links = linked(rows)
        assert rows
        assert all(link.url.startswith(("/payments/", "/projects/")) for link in links)


def test_changes_are_noted_for_the_lake(team: Staff, year: tuple[Project, Project]) -> None:
    assert {"payments", "projects", "plans"} <= set(Change.objects.values_list("source", flat=True))


def test_a_stranger_to_the_centre_counts_nothing(year: tuple[Project, Project]) -> None:
    from trade_people import person
    from youju.foundation.identity.roles import Role

    merchant = person(Role.MER, "M-1")
    with as_(merchant):
        assert value("payments.total_cost") == 0
    with as_(merchant), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM payments_paid")
        assert cursor.fetchone() == (0,)


def test_a_reminder_comes_once_and_goes_when_it_is_settled(team: Staff) -> None:
    row = project(team)
    made = asked(team, row, due_on=due(2))
    today = timezone.localdate()
    begun, settled = services.remind(today=today)
    assert (begun >= 1, settled) == (True, 0)
    assert services.remind(today=today)[0] == 0
    from youju.foundation.kernel.subjects import Subject
    from youju.foundation.workflow.selectors import case

    subject = Subject("payments.reminder", f"due-{made.number}")
    waiting = case(subject)
    assert waiting is not None
    assert "还在“待科室复核”" in waiting.subject.label
    stepped(team.asks, made, "cancel", "不要了")
    assert services.remind(today=today) == (0, 1)
    gone = case(subject)
    assert gone is not None
    assert gone.finished
