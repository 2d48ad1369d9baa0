"""Projects: their money, plan, steps, adjustments and batches; nobody decides what they proposed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from funds_made import Staff, asked, paid, project, staff
from trade_people import as_
from youju.foundation.kernel.errors import InputError
from youju.funds.projects import selectors, services
from youju.funds.projects.facts import ProjectIn, SourceIn, StepIn, TargetItem
from youju.funds.projects.models import Adjustment, Batch, Ledger, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Staff:
    return staff()


def ledger(row: Project) -> tuple[Decimal, Decimal]:
    found = Ledger.objects.get(project=row)
    return found.initial, found.budget


def proposed(team: Staff, row: Project, amount: str) -> Adjustment:
    with as_(team.finance):
        return services.propose_adjustment(
            actor=team.finance, project_id=row.pk, source="fiscal", amount=Decimal(amount), document_number="财〔2023〕1号",
            reason="追加",
        )  # fmt: skip


def test_targets_become_projects_once_with_a_blank_that_is_no_zero() -> None:
    item = TargetItem(
        code="13060522P00451410001U", name="结转项目", purpose="奖补", fiscal=Decimal("447.00"), other=Decimal("3.00"),
        budget=Decimal("450.00"), plan={"03": None, "06": Decimal(0), "12": Decimal("450.00")}, order=6,
    )  # fmt: skip
    assert services.take_up_targets(year=2023, items=[item, item]) == (1, 1)
    found = selectors.by_code("13060522P00451410001U", 2023)
    assert found is not None
    assert (found.carried, found.budget, found.plan["03"], found.plan["06"], found.plan["10"]) == (
        True, Decimal("450.00"), None, Decimal(0), None,
    )  # fmt: skip
    row = Project.objects.get()
    assert {each.kind: (each.amount, each.from_year) for each in row.sources.all()} == {
        "carried": (Decimal("447.00"), 2022), "other": (Decimal("3.00"), None),
    }  # fmt: skip
    assert row.steps.count() == 5
    assert [each.id for each in selectors.of_year(2023)] == [row.pk]


def test_a_project_is_entered_once_and_by_finance(team: Staff) -> None:
    row = project(team, code="P-1")
    with pytest.raises(InputError, match="已有编码"):
        project(team, code="P-1")
    with as_(team.asks), pytest.raises(PermissionDenied):
        services.create_project(actor=team.asks, wish=ProjectIn(2023, "P-2", "x"))
    with as_(team.finance), pytest.raises(InputError, match="刚才有改动"):
        services.change_project(actor=team.finance, project_id=row.pk, values={"name": "新"}, expected=7)
    with as_(team.finance):
        services.change_project(
            actor=team.finance, project_id=row.pk, values={"name": "新", "section": "综合科"}, expected=0
        )
    assert Project.objects.get().section == "综合科"


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (ProjectIn(2023, "", "x"), "编码和项目名称"),
        (ProjectIn(1823, "P", "x"), "年度 1823"),
        (ProjectIn(2023, "P", "x", sources=(SourceIn("gift", Decimal(1)),)), "没有“gift”"),
        (ProjectIn(2023, "P", "x", sources=(SourceIn("fiscal", Decimal("1.001")),)), "财政拨款.*1.001"),
        (ProjectIn(2023, "P", "x", plan={"03": Decimal(5), "06": Decimal(4)}), "只增不减"),
        (ProjectIn(2023, "P", "x", plan={"03": Decimal(-5)}), "3 月底计划"),
    ],
)
def test_what_cannot_be_entered(team: Staff, wish: ProjectIn, told: str) -> None:
    with as_(team.finance), pytest.raises(InputError, match=told):
        services.create_project(actor=team.finance, wish=wish)
    assert Project.objects.count() == 0


def test_sources_follow_into_the_ledger_and_not_below_what_is_spent(team: Staff) -> None:
    row = project(team, "1000.00")
    asked(team, row, "800.00")
    with as_(team.finance):
        services.set_sources(
            actor=team.finance, project_id=row.pk,
            sources=[SourceIn("fiscal", Decimal("600.00")), SourceIn("carried", Decimal("300.00"), from_year=2022)],
        )  # fmt: skip
        assert ledger(row) == (Decimal("900.00"), Decimal("900.00"))
        with pytest.raises(InputError, match="不能少于已付和在途"):
            services.set_sources(
                actor=team.finance, project_id=row.pk, sources=[SourceIn("fiscal", Decimal("799.99"))]
            )
    assert ledger(row) == (Decimal("900.00"), Decimal("900.00"))


def test_an_adjustment_is_approved_by_another_and_moves_the_budget(team: Staff) -> None:
    row = project(team, "1000.00")
    made = proposed(team, row, "250.00")
    team.finance.roles = ["FIN", "HED"]
    team.finance.save()
    with as_(team.finance), pytest.raises(PermissionDenied, match="须由不同的人办理"):
        services.step_adjustment(actor=team.finance, number=made.number, step="approve")
    assert ledger(row) == (Decimal("1000.00"), Decimal("1000.00"))
    with as_(team.head):
        services.step_adjustment(actor=team.head, number=made.number, step="approve")
    assert ledger(row) == (Decimal("1000.00"), Decimal("1250.00"))
    with as_(team.finance), pytest.raises(InputError, match="年初数不再改"):
        services.set_sources(actor=team.finance, project_id=row.pk, sources=[SourceIn("fiscal", Decimal(1))])


def test_an_adjustment_below_what_is_spent_is_refused(team: Staff) -> None:
    row = project(team, "1000.00")
    asked(team, row, "800.00")
    made = proposed(team, row, "-200.01")
    with as_(team.head), pytest.raises(InputError, match="不能少于已付和在途"):
        services.step_adjustment(actor=team.head, number=made.number, step="approve")
    made.refresh_from_db()
    assert made.state == "proposed"
    with as_(team.head), pytest.raises(InputError, match="须写明理由"):
        services.step_adjustment(actor=team.head, number=made.number, step="refuse")
    with as_(team.finance):
        services.step_adjustment(actor=team.finance, number=made.number, step="withdraw", reason="算错了")
    assert ledger(row) == (Decimal("1000.00"), Decimal("1000.00"))


def test_the_database_wants_two_people_for_money_and_for_batches(team: Staff) -> None:
    row = project(team)
    made = proposed(team, row, "10.00")
    changes = (
        (
            "UPDATE projects_adjustment SET state = 'approved', decided_by = proposed_by WHERE id = %s",
            made.pk,
            "two_people",
        ),
        ("UPDATE projects_adjustment SET state = 'approved' WHERE id = %s", made.pk, "approved_by_somebody"),
        ("UPDATE projects_adjustment SET amount = amount * 2 WHERE id = %s", made.pk, "as it was proposed"),
    )
    with as_(team.asks):
        batch = services.open_batch(actor=team.asks, project_id=row.pk, title="第一批")
    changes += (
        (
            "UPDATE projects_batch SET state = 'closed', accepted_by = opened_by, closed_on = now() WHERE id = %s",
            batch.pk,
            "batch_two_people",
        ),
        (
            "UPDATE projects_batch SET state = 'closed', closed_on = now() WHERE id = %s",
            batch.pk,
            "batch_accepted",
        ),
    )
    for sql, key, told in changes:
        with pytest.raises(IntegrityError, match=told), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [key])


def test_a_batch_is_accepted_by_another_when_its_payments_are_done(team: Staff) -> None:
    row = project(team)
    with as_(team.asks):
        batch = services.open_batch(actor=team.asks, project_id=row.pk, title="第一批")
    waiting = asked(team, row, batch_id=batch.pk)
    with as_(team.asks), pytest.raises(InputError, match="没办结的付款"):
        services.step_batch(actor=team.asks, number=batch.number, step="deliver")
    with as_(team.asks):
        from youju.funds.payments.services import step_payment

        step_payment(actor=team.asks, number=waiting.number, step="cancel", reason="不要了")
    paid(team, row, batch_id=batch.pk)
    team.asks.roles = ["STF", "HED"]
    team.asks.save()
    with as_(team.asks):
        services.step_batch(actor=team.asks, number=batch.number, step="deliver")
        with pytest.raises(PermissionDenied, match="须由不同的人办理"):
            services.step_batch(actor=team.asks, number=batch.number, step="accept")
    with as_(team.head):
        services.step_batch(actor=team.head, number=batch.number, step="accept", reason="同意")
    found = Batch.objects.get()
    assert (found.state, found.accepted_by, found.note) == ("closed", ["funds-head"], "同意")
    with pytest.raises(InputError, match="不再收付款"):
        asked(team, row, batch_id=batch.pk)


def test_steps_and_contracts(team: Staff) -> None:
    row = project(team)
    with as_(team.asks):
        with pytest.raises(InputError, match="要有编号"):
            services.save_step(
                actor=team.asks,
                project_id=row.pk,
                wish=StepIn("contract", done_on=row.created_at.date(), supplier="甲"),
            )
        step = row.steps.get(kind="contract")
        services.save_step(
            actor=team.asks, project_id=row.pk, step_id=step.pk,
            wish=StepIn("contract", done_on=row.created_at.date(), document_number="HT-1", supplier="甲",
                        amount=Decimal("700.00")),
        )  # fmt: skip
    (contract,) = selectors.contracts_of(row.pk)
    assert (contract.number, contract.supplier, contract.amount) == ("HT-1", "甲", Decimal("700.00"))
    asked(team, row, "500.00", contract_id=contract.id)
    with pytest.raises(InputError, match=r"HT-1 金额 700.00 元，已用 500.00 元"):
        asked(team, row, "200.01", contract_id=contract.id)


def test_a_closed_project_pays_nothing(team: Staff) -> None:
    row = project(team)
    made = asked(team, row)
    with as_(team.finance), pytest.raises(InputError, match="还有在途付款"):
        services.close_project(actor=team.finance, project_id=row.pk, reason="年终")
    with as_(team.asks):
        from youju.funds.payments.services import step_payment

        step_payment(actor=team.asks, number=made.number, step="cancel", reason="不要了")
    with as_(team.finance):
        services.close_project(actor=team.finance, project_id=row.pk, reason="年终")
    with pytest.raises(InputError, match="已结束"):
        asked(team, row)
    with as_(team.finance):
        services.reopen_project(actor=team.finance, project_id=row.pk, reason="补付")
    assert asked(team, row).state == "requested"


def test_the_list_and_the_page_cost_the_same_whatever_hangs_on_them(
    team: Staff, django_assert_max_num_queries: object
) -> None:
    row = project(team)
    for _ in range(3):
        project(team)
    with as_(team.auditor), django_assert_max_num_queries(10):  # type: ignore[operator]
        assert selectors.project_list(actor=team.auditor).count() == 4
        page = selectors.project_page(actor=team.auditor, project_id=row.pk)
    assert page is not None
    assert page.view.available == Decimal("10000.00")
