"""Findings by spreadsheet: stored as one, each fault at its cell, nothing stored of a bad file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import trade_made_goods as made
from audits_made import Office, office, today
from funds_made import Staff, paid, project
from funds_made import staff as funds_staff
from kept import kept
from office_made import contract
from trade_people import as_
from youju.foundation.identity.models import User
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.imports.template import template_of
from youju.foundation.jobs.running import work_off
from youju.funds.internal_audits.imports import REGISTER
from youju.funds.internal_audits.models import Finding
from youju.funds.payments.models import AuditFinding, Payment

pytestmark = pytest.mark.django_db


@kept
def team() -> Office:
    made_ = office()
    contract(made_.market, number="HT-1", amount=Decimal("50000.00"))
    return made_


@kept
def payment() -> Payment:
    money: Staff = funds_staff()
    return paid(money, project(money, budget="10000.00"), amount="500.00")


def row(**given: Any) -> list[Any]:
    usual = {
        "title": "付款无验收单", "description": "没有验收单", "category": "资金支付", "seriousness": "较重",
        "basis": "财务管理办法第十二条", "section": "市场服务科", "found_on": today().isoformat(), "amount": "100.00",
        "record": "", "key": "", "suggestion": "",
    } | given  # fmt: skip
    return [usual[column.code] for column in REGISTER.columns]


def bring(user: User, *rows: list[Any]) -> Any:
    heads = [column.heading for column in REGISTER.columns]
    with as_(user):
        batch, _ = jobs.take_in(
            actor=user,
            importer=REGISTER.code,
            name="表.xlsx",
            content=made.workbook(heads, *rows),
            parameters={},
        )
        work_off()
        batch.refresh_from_db()
    return batch


def test_stored_as_one_and_payments_hear_of_it(team: Office, payment: Payment) -> None:
    batch = bring(
        team.auditor,
        row(record="付款", key=payment.number),
        row(title="合同晚签", category="合同管理", record="合同", key="HT-1", amount=""),
    )
    assert batch.effects["new"] == 2, batch.error
    with as_(team.auditor):
        jobs.confirm(actor=team.auditor, batch_id=batch.pk, token=batch.effects["token"], acknowledged=True)
        work_off()
    found = {each.title: each for each in Finding.objects.all()}
    assert set(found) == {"付款无验收单", "合同晚签"}
    assert {each.batch for each in found.values()} == {str(batch.pk)}
    assert found["合同晚签"].subject_kind == "contracts.contract" and found["合同晚签"].amount is None
    assert AuditFinding.objects.get().key == found["付款无验收单"].number


def test_each_fault_stands_at_its_cell_and_nothing_is_stored(team: Office) -> None:
    batch = bring(
        team.auditor,
        row(basis=""),
        row(record="合同", key="HT-1", amount="50000.01"),
        row(record="合同", key="HT-9"),
        row(record="船", key="1"),
        row(key="HT-1"),
        row(category="别的"),
        row(section="某科"),
        row(found_on="2999-01-01"),
        row(amount="-1"),
        row(title=""),
    )
    said = {(each.row - 1, each.column): each.message for each in batches.findings(batch.pk)}
    wanted = {
        (1, "basis"): "IAU-001", (2, "amount"): "IAU-002", (3, "key"): "没有编号", (4, "record"): "没有这种记录",
        (5, "key"): "没有填全", (6, "category"): "不在选项里", (7, "section"): "不在选项里",
        (8, "found_on"): "还没有到", (9, "amount"): "", (10, "title"): "",
    }  # fmt: skip
    assert set(said) == set(wanted), said
    for place, word in wanted.items():
        assert word in said[place], (place, said[place])
    assert not Finding.objects.exists()


def test_the_template_is_offered_to_whoever_finds(team: Office) -> None:
    assert template_of(REGISTER).startswith(b"PK")
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        bring(team.market, row())
