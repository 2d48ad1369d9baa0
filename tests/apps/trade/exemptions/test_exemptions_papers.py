"""Certificates, the quarterly table, invoices, the reconciliation board, imports."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from exemptions_made import at, exported, filed, prepared, tax_officer
from kept import kept
from trade_deals import Deal, make_deal
from trade_people import as_, person
from youju.foundation.files.selectors import read_kept
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.trade.declarations.models import Declaration
from youju.trade.exemptions import selectors, services
from youju.trade.exemptions.models import BoardLine, Certificate, CertificateLine
from youju.trade.exemptions.services import ExemptionRefusedError, InvoiceWish
from youju.trade.parties.models import Agreement, Party

pytestmark = pytest.mark.django_db


@kept
def world() -> tuple[Deal, list[Declaration], User]:
    """Two declarations of June 2023, one of October 2025; somebody of the tax office."""
    deal = make_deal()
    made = [*exported(deal), *exported(deal, "2025-10-08", 700)]
    return deal, made, tax_officer()


World = tuple[Deal, list[Declaration], User]


def applied(deal: Deal, declaration: object, **given: Any) -> Certificate:
    with as_(deal.agent) as user:
        return services.apply(**({"actor": user, "declaration": str(declaration), "consignor": "M1"} | given))


def step(user: User, row: Certificate, code: str, **given: Any) -> Certificate:
    with as_(user) as actor:
        return services.take_certificate_step(actor=actor, certificate_id=row.pk, step=code, **given)


def test_a_certificate_is_asked_for_issued_printed_replaced(world: World) -> None:
    deal, made, officer = world
    row = applied(deal, made[0])
    assert (row.state, row.agreement, row.amount_cny) == ("applied", "X1", made[0].amount_cny)
    with pytest.raises(ExemptionRefusedError, match="EXM-011"):
        applied(deal, made[0].entry_number)
    with pytest.raises(InputError, match="没有填证明编号"):
        step(officer, row, "issue")
    row = step(officer, row, "issue", tax_number="130698001")
    assert row.state == "issued" and row.valid_until is not None
    with as_(deal.agent) as user:
        asked = services.request_certificate(actor=user, certificate_id=row.pk)
    work_off()
    with as_(deal.merchant) as user:
        found, file = services.hand_out_certificate(actor=user, document_id=asked.id)
        word = Document(io.BytesIO(read_kept(file.sha256)))
    cells = [cell.text for table in word.tables for line in table.rows for cell in line.cells]
    assert (
        found.name.startswith("代理出口货物证明")
        and "130698001" in cells
        and str(row.declaration) in " ".join(cells)
    )
    step(officer, row, "exchange", reason="编号写错")
    new = Certificate.objects.get(replaces=row)
    assert new.state == "applied" and CertificateLine.objects.filter(live=True).count() == new.lines_count
    with pytest.raises(InputError, match="已经用过"):
        step(officer, new, "issue", tax_number="130698001")
    assert step(deal.agent, new, "withdraw").state == "cancelled"
    assert not CertificateLine.objects.filter(live=True).exists()


def test_no_agreement_not_released_not_the_agent(world: World) -> None:
    deal, made, _ = world
    with reaching_all():
        Agreement.objects.update(valid_from=date(2023, 6, 11))
    with pytest.raises(ExemptionRefusedError, match="EXM-009"):
        applied(deal, made[0])
    with pytest.raises(ExemptionRefusedError, match="EXM-010"):
        applied(deal, "D000000000000-1")
    with as_(deal.merchant) as user, pytest.raises(PermissionDenied, match="外贸代理"):
        services.apply(actor=user, declaration=str(made[0]), consignor="M1")


def test_the_quarterly_table(world: World) -> None:
    deal, made, officer = world
    agent = deal.parties["agent"].pk
    with at("2026-01-16"), as_(deal.agent) as user:
        table = selectors.quarter_table(user, agent_id=agent, quarter="2025Q4")
        assert table.applies and table.balanced and table.amount == made[2].amount_cny
        assert table.rows[0].declarations == (made[2].entry_number or str(made[2]),)
        assert [each.rule for each in table.findings] == ["EXM-012", "EXM-013"]
        with reaching_all():
            Party.objects.filter(number="M1").update(tax_id="92130600MA0000001X")
        table = selectors.quarter_table(user, agent_id=agent, quarter="2025q4")
        assert table.rows[0].tax_id == "92130600MA0000001X"
        with pytest.raises(InputError, match="变了"):
            services.report_quarter(actor=user, agent_id=agent, quarter="2025Q4", sha256="0" * 64)
        row = services.report_quarter(actor=user, agent_id=agent, quarter="2025Q4", sha256=table.sha256)
        assert row.sha256 == table.sha256 == selectors.digest(row.rows)
        with pytest.raises(InputError, match="已经报送过"):
            services.report_quarter(actor=user, agent_id=agent, quarter="2025Q4")
        assert selectors.quarter_table(user, agent_id=agent, quarter="2025Q4").findings == ()
        name, content = services.hand_out_quarter(actor=user, agent_id=agent, quarter="2025Q4")
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book["实际委托方"].values)
    assert name == "实际委托方_A1_2025Q4.xlsx" and rows[1][1:4] == ("主体M1", "M1", "92130600MA0000001X")
    controls = dict(book["控制合计"].values)
    assert controls["差额（元），应为 0"] == "0.00" and controls["数据校验值（SHA-256）"] == table.sha256
    with at("2026-01-16"), as_(officer) as user:
        (line,) = selectors.quarter_overview(user, "2025Q4").agents
        assert line.report == row and line.finding is None
    with as_(deal.merchant) as user:
        assert selectors.quarter_table(user, agent_id=agent, quarter="2025Q4").rows == ()


def test_before_the_notice_no_quarter_is_reported(world: World) -> None:
    deal, _, _ = world
    agent = deal.parties["agent"].pk
    with at("2023-07-16"), as_(deal.agent) as user:
        table = selectors.quarter_table(user, agent_id=agent, quarter="2023Q2")
        assert not table.applies and table.rows and table.findings == ()
        with pytest.raises(ExemptionRefusedError, match="EXM-017"):
            services.report_quarter(actor=user, agent_id=agent, quarter="2023Q2")
        with pytest.raises(InputError, match="不适用"):
            services.hand_out_quarter(actor=user, agent_id=agent, quarter="2023Q2")


def test_invoices_and_the_board(world: World) -> None:
    deal, made, officer = world
    with reaching_all():
        lines = list(BoardLine.objects.order_by("line"))
    wish = InvoiceWish("12345678", date(2023, 6, 5), lines[0].value_cny, "M1", lines[0].order_number)
    with as_(deal.merchant) as user:
        assert services.enter_invoice(actor=user, wish=wish).findings == []
        with pytest.raises(ExemptionRefusedError, match="EXM-015"):
            services.enter_invoice(actor=user, wish=wish)
        found = selectors.board_line(user, lines[0].line)
        assert found.in_words == ("没有", "没有", "一致")
    with as_(person(Role.MER, "OTHER")) as user:
        with pytest.raises(PermissionDenied):
            services.enter_invoice(
                actor=user, wish=InvoiceWish("87654321", date(2023, 6, 5), Decimal(1), "M1", "T1")
            )
        with pytest.raises(InputError, match="没有这行"):
            selectors.board_line(user, lines[0].line)
    filed(deal, prepared(deal)[0])
    with as_(officer) as user:
        assert selectors.board_line(user, lines[0].line).in_words == ("一致", "没有", "一致")
        filing, receipt, invoice = selectors.ageings(user, today=date(2025, 10, 20))
        assert [each.lines for each in filing.classes] == [1, 0, 0, 0] and filing.value == made[2].amount_cny
        assert receipt.lines == 3 and [each.lines for each in invoice.classes] == [1, 0, 0, 1]
        for lacks, count in (
            ("filing", 1),
            ("acceptance", 2),
            ("receipt", 3),
            ("invoice", 2),
            ("certificate", 3),
        ):
            assert selectors.board_lines(user, selectors.BoardFilter(lacks=lacks)).count() == count, lacks
