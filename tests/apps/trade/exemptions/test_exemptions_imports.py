"""Filings and invoices by file: the template filled in, CSV, faults at their cells, all or none, the same file once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from exemptions_made import at, exported, prepared
from imports_filled import as_csv, bring, bring_file, commit, told
from kept import kept
from trade_deals import Deal, make_deal
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.imports.services import undo
from youju.foundation.kernel.errors import InputError
from youju.trade.exemptions.imports import FILINGS, INVOICES
from youju.trade.exemptions.models import ExportLine, Filing, Invoice

pytestmark = pytest.mark.django_db
DAY = "2023-07-05"


@kept
def month() -> tuple[Deal, Filing, ExportLine]:
    """Two declarations of June with their draft, and the first line of them."""
    deal = make_deal()
    exported(deal)
    return deal, prepared(deal)[0], ExportLine.objects.order_by("line")[0]


Month = tuple[Deal, Filing, ExportLine]


def of(row: Filing, **given: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "month": "2023-06",
        "consignor": row.consignor_name,
        "amount": str(row.amount_cny),
    } | given


def invoice(line: ExportLine, **given: Any) -> dict[str, Any]:
    return {
        "number": "24132000000012345678", "issued_on": "2023-07-05", "amount": "100.00", "consignor": "M1",
        "order_number": line.order_number,
    } | given  # fmt: skip


@pytest.mark.parametrize("name", ["申报.xlsx", "申报.csv"])
def test_a_months_filings_are_filed_as_one(month: Month, name: str) -> None:
    deal, row, _ = month
    with at(DAY), as_(deal.agent) as agent:
        batch = bring(agent, FILINGS, of(row), name=name)
        assert (batch.state, told(batch), batch.effects["changed"]) == ("ready", {}, 1)
        batch = commit(agent, batch)
        assert (batch.state, batch.error) == ("committed", "")
        if name.endswith(".csv"):
            assert bring(agent, FILINGS, of(row), name=name).pk == batch.pk
    row = Filing.objects.get(pk=row.pk)
    assert (row.state, row.on_time, row.batch, row.filed_by) == ("filed", True, str(batch.pk), agent.username)


def test_what_does_not_agree_stands_at_its_cell_and_nothing_is_filed(month: Month) -> None:
    deal, row, _ = month
    with at(DAY), as_(deal.agent) as agent:
        said = told(bring(agent, FILINGS, of(row, month="2023-07", consignor="别家", amount="1.00")))
        assert set(said) == {"B2", "C2", "D2"}
        assert "2023-06" in said["B2"] and "主体M1" in said["C2"] and "报关单之和" in said["D2"]
        said = told(
            bring(
                agent, FILINGS, of(row, number="MS202306-999999"), of(row, month="六月"), of(row, amount="")
            )
        )
        assert set(said) >= {"B3", "D4"}
        said = told(bring(agent, FILINGS, of(row, number="MS202306-999999")))
        assert said == {"A2": "没有这份待申报的免税申报，或者不归您的单位申报"}
        said = told(bring(agent, FILINGS, of(row), of(row)))
        assert set(said) == {"A3"}
    with at(DAY), as_(person(Role.AGT, "OTHER")) as other:
        assert set(told(bring(other, FILINGS, of(row), name="别家.csv"))) == {"A2"}
    assert Filing.objects.get(pk=row.pk).state == "draft"


def test_the_rules_stop_the_whole_file(month: Month) -> None:
    deal, row, _ = month
    with at("2023-06-28"), as_(deal.agent) as agent:
        batch = commit(agent, bring(agent, FILINGS, of(row)))
        assert batch.state == "failed" and batch.error
    assert Filing.objects.get(pk=row.pk).state == "draft"


@pytest.mark.parametrize("name", ["发票.xlsx", "发票.csv"])
def test_invoices_are_entered_and_taken_back(month: Month, name: str) -> None:
    deal, _, line = month
    with at(DAY), as_(deal.agent) as agent:
        content = [invoice(line), invoice(line, number="00012345", amount="50.50")]
        batch = bring(agent, INVOICES, *content, name=name)
        assert (batch.state, told(batch), batch.effects["new"]) == ("ready", {}, 2)
        batch = commit(agent, batch)
        assert (batch.state, batch.error) == ("committed", "")
        rows = Invoice.objects.order_by("number")
        assert [(row.number, str(row.amount), row.batch) for row in rows] == [
            ("00012345", "50.50", str(batch.pk)),
            ("24132000000012345678", "100.00", str(batch.pk)),
        ]
        raw = as_csv(INVOICES, *content)
        once = bring_file(agent, INVOICES, raw, "a.csv")
        assert bring_file(agent, INVOICES, raw, "b.csv").pk == once.pk
    with as_(person(Role.STF)) as staff:
        undo(actor=staff, batch_id=batch.pk, reason="传错了")
    assert not Invoice.objects.exists()


def test_each_fault_of_an_invoice_stands_at_its_cell(month: Month) -> None:
    deal, _, line = month
    with at(DAY), as_(deal.agent) as agent:
        commit(agent, bring(agent, INVOICES, invoice(line, number="11111111")))
        said = told(
            bring(
                agent,
                INVOICES,
                invoice(line, number="12"),
                invoice(line, number="22222222", issued_on="七月"),
                invoice(line, number="33333333", amount="0"),
                invoice(line, number="44444444", order_number=""),
            )
        )
        assert set(said) >= {"A2", "B3", "C4", "E5"}
        said = told(
            bring(
                agent,
                INVOICES,
                invoice(line, number="11111111"),
                invoice(line, number="55555555", consignor="没有"),
                invoice(line, number="66666666"),
                invoice(line, number="66666666"),
            )
        )
        assert {"A2", "D3", "A5"} <= set(said) and "EXM-015" in said["A2"] and said["D3"] == "没有这个备案号"
    with as_(person(Role.AUD)) as auditor, pytest.raises(PermissionDenied):
        bring(auditor, INVOICES, invoice(line))
    assert Invoice.objects.count() == 1


def test_an_invoice_that_another_enters_meanwhile_is_entered_once(month: Month) -> None:
    deal, _, line = month
    with at(DAY), as_(deal.agent) as agent:
        batch = bring(agent, INVOICES, invoice(line))
        commit(agent, bring(agent, INVOICES, invoice(line), name="另一份.csv"))
        batch = commit(agent, batch)
        assert batch.state == "ready" and "新的预览" in batch.error
        with pytest.raises(InputError):
            done = commit(agent, batch)
            assert done.state == "failed"
            raise InputError(done.error)
    assert Invoice.objects.count() == 1
