"""The work plan and the register of contracts by spreadsheet: stored as one, faults at their cells, taken back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import trade_made_goods as made
from office_made import contract, deliverable
from trade_people import as_
from youju.foundation.identity.models import User
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.imports.declaring import find
from youju.foundation.imports.services import undo
from youju.foundation.imports.template import template_of
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import todo
from youju.office.contracts.imports import REGISTER
from youju.office.contracts.models import Contract
from youju.office.tasks import services
from youju.office.tasks.imports import PLANS
from youju.office.tasks.models import Plan, Task

pytestmark = pytest.mark.django_db


def bring(user: User, importer: Any, *rows: list[Any], name: str = "表.xlsx") -> Any:
    heads = [column.heading for column in importer.columns]
    batch, _ = jobs.take_in(
        actor=user, importer=importer.code, name=name, content=made.workbook(heads, *rows), parameters={}
    )
    work_off()
    batch.refresh_from_db()
    return batch


def commit(user: User, batch: Any) -> Any:
    jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


def plan_row(**given: Any) -> list[Any]:
    usual = {
        "title": "政策宣讲", "kind": "培训", "due_on": "2023-03-31", "every": "每季度", "until": "2023-12-31", "starts_on": "",
        "section": "外贸服务科", "person": "stf-zx", "acceptor": "stf-two", "tags": "培训、宣传", "project": "", "details": "",
    } | given  # fmt: skip
    return [usual[column.code] for column in PLANS.columns]


def contract_row(**given: Any) -> list[Any]:
    usual = {
        "number": "GMZX-001", "title": "法律顾问合同", "party": "某律师事务所", "party_code": "", "amount": "50000.00",
        "signed_on": "2023-01-03", "valid_from": "2023-01-03", "valid_to": "2023-12-31", "tags": "法律顾问",
        "project": "", "note": "",
    } | given  # fmt: skip
    return [usual[column.code] for column in REGISTER.columns]


def test_a_plan_is_stored_repeats_and_waits_for_its_people(staff: User, colleague: User) -> None:
    with as_(staff):
        batch = bring(
            staff, PLANS, plan_row(), plan_row(title="台账", kind="工作", every="", until="", person="")
        )
        assert batch.effects["new"] == 5
        commit(staff, batch)
        assert Task.objects.count() == 5 and Plan.objects.count() == 1
        assert set(Task.objects.values_list("batch", flat=True)) == {str(batch.pk)}
        assert len(todo(staff)) == 5 and len(todo(colleague)) == 1


def test_each_fault_stands_at_its_cell_and_nothing_is_stored(staff: User, colleague: User) -> None:
    with as_(staff):
        batch = bring(
            staff,
            PLANS,
            plan_row(kind="诉求"),
            plan_row(due_on="三月"),
            plan_row(every="每日"),
            plan_row(section="没有的科"),
            plan_row(title=""),
        )
        assert {(each.row, each.column) for each in batches.findings(batch)} >= {
            (2, "kind"), (3, "due_on"), (4, "every"), (5, "section"), (6, "title"),
        }  # fmt: skip
        batch = bring(
            staff,
            PLANS,
            plan_row(person="nobody"),
            plan_row(acceptor="stf-zx"),
            plan_row(until=""),
            plan_row(starts_on="2023-04-03"),
            plan_row(tags="长" * 21),
            name="另一张.xlsx",
        )
        assert {(each.row, each.column) for each in batches.findings(batch) if each.severity == "error"} == {
            (2, "person"), (3, "acceptor"), (4, "until"), (5, "due_on"), (6, "tags"),
        }  # fmt: skip
    assert not Task.objects.exists()
    del colleague


def test_a_plan_is_taken_back_until_somebody_has_begun(staff: User, colleague: User) -> None:
    with as_(staff):
        batch = commit(staff, bring(staff, PLANS, plan_row()))
        undo(actor=staff, batch_id=batch.pk, reason="传错了表")
        assert not Task.objects.exists() and not Plan.objects.exists() and todo(staff) == []
        again = commit(staff, bring(staff, PLANS, plan_row(title="另一项"), name="新.xlsx"))
        services.take_step(actor=staff, task_id=Task.objects.all()[0].pk, step="begin")
        with pytest.raises(InputError, match="已经有人办理"):
            undo(actor=staff, batch_id=again.pk, reason="传错了表")
        assert Task.objects.count() == 4
    del colleague


def test_contracts_come_in_and_go_back(staff: User) -> None:
    with as_(staff):
        batch = commit(
            staff, bring(staff, REGISTER, contract_row(), contract_row(number="GMZX-002", tags=""))
        )
        assert Contract.objects.get(number="GMZX-001").amount == Decimal("50000.00")
        undo(actor=staff, batch_id=batch.pk, reason="传错了表")
        assert not Contract.objects.exists()
        again = commit(staff, bring(staff, REGISTER, contract_row(), name="新.xlsx"))
        deliverable(staff, Contract.objects.get(), price=Decimal("1"))
        with pytest.raises(InputError, match="有人用到"):
            undo(actor=staff, batch_id=again.pk, reason="传错了表")


def test_faults_of_contracts_stand_at_their_cells(staff: User) -> None:
    contract(staff, number="GMZX-009")
    with as_(staff):
        batch = bring(
            staff,
            REGISTER,
            contract_row(number="GMZX-009"),
            contract_row(number="A", valid_to="2023-01-02"),
            contract_row(number="B", tags="长" * 21),
        )
        assert {(each.row, each.column) for each in batches.findings(batch) if each.severity == "error"} == {
            (2, "number"), (3, "valid_to"), (4, "tags"),
        }  # fmt: skip
    assert Contract.objects.count() == 1


@pytest.mark.parametrize("code", ["tasks.plan", "contracts.register"])
def test_the_template_offers_what_may_be_chosen(code: str) -> None:
    importer = find(code)
    assert importer is not None
    assert template_of(importer).startswith(b"PK")
