"""Receipts and rates by file: the template filled in, CSV, faults at their cells, the same file and reference once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from imports_filled import as_csv, bring, bring_file, commit, told
from kept import kept
from settlement_made import PAID, Ledger, faults, make_ledger, received
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.imports import jobs
from youju.foundation.imports.services import undo
from youju.foundation.kernel.errors import InputError
from youju.trade.settlement.imports import RATES, RECEIPTS
from youju.trade.settlement.models import Lot, Rate, Receipt

pytestmark = pytest.mark.django_db


@kept
def ledger() -> Ledger:
    return make_ledger(1200, 800)


@kept
def staff() -> User:
    return person(Role.STF)


def money(**given: Any) -> dict[str, Any]:
    return {
        "reference": "BK230620000001", "received_on": "2023-06-20", "currency": "USD", "amount": "1200.00",
        "payer_name": "AMINA WANJIKU TRADING LTD", "payer_country": "KE",
    } | given  # fmt: skip


def rate(**given: Any) -> dict[str, Any]:
    return {"day": "2023-09-01", "currency": "USD", "rate": "7.2100"} | given


@pytest.mark.parametrize("name", ["收汇.xlsx", "收汇.csv"])
def test_a_banks_file_is_booked_and_what_names_its_declaration_is_written_off(
    ledger: Ledger, name: str
) -> None:
    rows = money(hint=ledger.key), money(reference="BK2", amount="800", payee="A1", remark="货款")
    with as_(ledger.bank) as bank:
        batch = bring(bank, RECEIPTS, *rows, name=name)
        assert (batch.state, told(batch)) == ("ready", {})
        assert (batch.effects["new"], batch.effects["unchanged"]) == (2, 0)
        batch = commit(bank, batch)
        assert (batch.state, batch.error) == ("committed", "")
    first, second = Receipt.objects.order_by("pk")
    assert (first.bank, first.source, first.state, first.amount_cny) == (
        "BK1",
        "file",
        "matched",
        Decimal("8520.00"),
    )
    assert (second.state, second.payee_name, second.remark, second.batch) == (
        "unmatched", "主体A1", "货款", str(batch.pk),
    )  # fmt: skip
    assert [Lot.objects.get(pk=lot.pk).collected for lot in ledger.lots] == [1200, 0]
    assert faults() == []


def test_the_same_file_is_one_batch_and_the_same_reference_is_booked_once(ledger: Ledger) -> None:
    with as_(ledger.bank) as bank:
        content = as_csv(RECEIPTS, money(), money(reference="BK2"))
        batch = commit(bank, bring_file(bank, RECEIPTS, content, "收汇.csv"))
        again = bring_file(bank, RECEIPTS, content, "收汇（又一次）.csv")
        assert again.pk == batch.pk and again.state == "committed"
        more = bring(bank, RECEIPTS, money(), money(reference="BK2"), money(reference="BK3"))
        assert (more.effects["new"], more.effects["unchanged"]) == (1, 2)
        commit(bank, more)
    assert sorted(Receipt.objects.values_list("reference", flat=True)) == ["BK2", "BK230620000001", "BK3"]
    # Another bank numbers as it likes.
    with as_(ledger.other) as other:
        commit(other, bring(other, RECEIPTS, money()))
    assert Receipt.objects.filter(reference="BK230620000001").count() == 2
    assert faults() == []


def test_a_file_that_was_checked_before_somebody_booked_the_same_reference_books_it_once(
    ledger: Ledger,
) -> None:
    with as_(ledger.bank) as bank:
        batch = bring(bank, RECEIPTS, money())
        received(ledger, bank, reference="BK230620000001", payer_name="AMINA WANJIKU TRADING LTD")
        batch = commit(bank, batch)
        assert batch.state == "ready" and "新的预览" in batch.error
        batch = commit(bank, batch)
        assert (batch.state, batch.effects["new"], batch.effects["unchanged"]) == ("committed", 0, 1)
    assert Receipt.objects.count() == 1


def test_each_fault_of_a_cell_is_told_in_chinese_at_its_cell(ledger: Ledger) -> None:
    with as_(ledger.bank) as bank:
        batch = bring(
            bank,
            RECEIPTS,
            money(reference=""),
            money(reference="B3", received_on="六月二十"),
            money(reference="B4", currency="XXX"),
            money(reference="B5", amount="一千"),
            money(reference="B6", payer_name=""),
            money(reference="B7", payer_country="肯尼亚"),
            money(reference="B8"),
            money(reference="B8"),
        )
        assert batch.state == "findings"
        said = told(batch)
        assert set(said) >= {"A2", "B3", "C4", "D5", "E6", "F7", "A9"}
        assert all(any("一" <= letter <= "鿿" for letter in each) for each in said.values())
        with pytest.raises(InputError, match="不能确认"):
            jobs.confirm(actor=bank, batch_id=batch.pk, token="", acknowledged=True)
    assert not Receipt.objects.exists()


def test_what_the_rules_stop_stands_at_its_cell(ledger: Ledger) -> None:
    received(ledger, ledger.bank, reference="BK1", payer_name="AMINA WANJIKU TRADING LTD")
    with as_(ledger.bank) as bank:
        batch = bring(
            bank,
            RECEIPTS,
            money(reference="BK1", amount="999"),
            money(reference="B3", amount="0"),
            money(reference="B4", received_on="2099-01-01"),
            money(reference="B5", received_on="2020-01-01"),
            money(reference="B6", payee="没有这家"),
            money(reference="B7", received_on="0202-06-20"),
            money(reference="B8", received_on="2023-03-20"),
        )
        said = told(batch)
    assert set(said) >= {"A2", "D3", "B4", "B5", "G6", "B7", "B8"}
    assert "SET-006" in said["A2"] and "大于零" in said["D3"] and "还没有到" in said["B4"]
    assert "早于 2020-05-20" in said["B5"] and "没有备案号" in said["G6"] and "汇率" in said["B8"]
    with pytest.raises(InputError, match="核对年份"):
        received(ledger, received_on=date(2002, 6, 20))


def test_an_agent_names_the_bank_and_takes_its_own_money_alone(ledger: Ledger, staff: User) -> None:
    with as_(ledger.deal.agent) as agent:
        batch = bring(agent, RECEIPTS, money(), money(reference="B3", bank="中国银行", payee="M1"))
        said = told(batch)
        assert said["J2"] == "请写银行名称" and "G3" in said
        commit(agent, bring(agent, RECEIPTS, money(bank="中国银行", payee="A1")))
    assert Receipt.objects.get().bank == "中国银行"
    with as_(staff):
        commit(staff, bring(staff, RECEIPTS, money(bank="建设银行", payee="M1")))
    with as_(person(Role.AUD)) as auditor, pytest.raises(PermissionDenied):
        bring(auditor, RECEIPTS, money())


@pytest.mark.parametrize("name", ["汇率.xlsx", "汇率.csv"])
def test_rates_are_stored_replaced_and_taken_back(ledger: Ledger, staff: User, name: str) -> None:
    with as_(staff):
        Rate.objects.create(day=date(2023, 9, 2), currency="USD", rate=Decimal("7.2"))
        rows = (
            rate(source="公布的中间价"),
            rate(day="2023-09-02", rate="7.2500"),
            rate(currency="EUR", rate="7.8"),
        )
        batch = bring(staff, RATES, *rows, name=name)
        assert (batch.effects["new"], batch.effects["changed"], told(batch)) == (2, 1, {})
        batch = commit(staff, batch)
        assert (batch.state, batch.error) == ("committed", "")
        fresh = Rate.objects.filter(day__gte=date(2023, 9, 1)).order_by("day", "currency")
        assert [str(row.rate) for row in fresh] == ["7.80000000", "7.21000000", "7.25000000"]
        assert fresh[1].source == "公布的中间价"
        unchanged = bring(staff, RATES, rate(), name="又.xlsx")
        assert (unchanged.effects["changed"], unchanged.effects["unchanged"]) == (0, 1)
        undo(actor=staff, batch_id=batch.pk, reason="传错了")
        assert [str(row.rate) for row in fresh.all()] == ["7.20000000"]


def test_a_rate_by_which_money_was_booked_is_not_taken_away(ledger: Ledger, staff: User) -> None:
    with as_(staff):
        batch = commit(staff, bring(staff, RATES, rate(day=PAID.isoformat(), currency="GBP", rate="9.1")))
        received(ledger, currency="GBP")
        with pytest.raises(InputError, match="已有收汇按这个汇率折算"):
            undo(actor=staff, batch_id=batch.pk, reason="传错了")
    assert Rate.objects.filter(day=PAID, currency="GBP").exists()


def test_each_fault_of_a_rate_stands_at_its_cell(staff: User) -> None:
    with as_(staff):
        batch = bring(
            staff,
            RATES,
            rate(day="九月"),
            rate(currency="美元"),
            rate(rate="七"),
            rate(day=""),
        )
        said = told(batch)
        assert set(said) >= {"A2", "B3", "C4", "A5"}
        batch = bring(
            staff,
            RATES,
            rate(rate="0"),
            rate(currency="CNY", rate="2"),
            rate(day="2023-09-03"),
            rate(day="2023-09-03"),
        )
        said = told(batch)
    assert said == {"C2": "汇率应大于零", "C3": "人民币的汇率是 1", "B5": "第 4 行已有这天这种货币的汇率"}
    assert not Rate.objects.exists()
