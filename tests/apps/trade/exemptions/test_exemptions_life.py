"""A month's filing: prepared from what was released, filed, taken in, sent back, missed, let in late, corrected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from exemptions_made import JUNE, at, decided, exported, filed, prepared, tax_officer
from kept import kept
from trade_deals import Deal, make_deal
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import TodoItem, todo
from youju.rules.trade.exemptions.lifecycle import FILING_KIND
from youju.trade.declarations.models import Declaration, SourceLine
from youju.trade.exemptions import selectors, services
from youju.trade.exemptions.models import Filing, FilingLine
from youju.trade.exemptions.services import ExemptionRefusedError

pytestmark = pytest.mark.django_db


@kept
def month() -> tuple[Deal, list[Declaration], User]:
    """Two declarations of June, and somebody of the tax office."""
    deal = make_deal()
    return deal, exported(deal), tax_officer()


def mine(user: User) -> list[TodoItem]:
    """The filings that wait for somebody."""
    return [each for each in todo(user) if each.subject.kind == "exemptions.filing"]


def test_drafts_are_made_of_what_was_released(month: tuple[Deal, list[Declaration], User]) -> None:
    deal, made, _ = month
    (row,) = prepared(deal)
    assert (row.mode, row.state, row.due_on, row.number) == (
        "agent",
        "draft",
        date(2023, 7, 17),
        "MS202306-000001",
    )
    with reaching_all():
        assert row.amount_cny == sum(each.amount_cny for each in made)
        lines = list(row.lines.all())
    assert row.lines_count == len(lines) == 2
    assert {each.declaration for each in lines} == {str(each) for each in made}
    assert sum(each.amount_cny for each in lines) == row.amount_cny
    assert prepared(deal) == [row], "a second time makes nothing"
    with as_(deal.agent) as user:
        (item,) = mine(user)
        assert item.due_on == date(2023, 7, 17)
    with as_(deal.merchant) as user:
        assert selectors.filings(user).count() == 1
        assert not mine(user)
        with pytest.raises(PermissionDenied, match="由“主体A1”办理"):
            services.file(actor=user, filing_id=row.pk)
    with as_(person(Role.MER, "OTHER")) as user:
        assert not selectors.filings(user).exists()


def test_filed_taken_in_and_said(month: tuple[Deal, list[Declaration], User]) -> None:
    deal, _, officer = month
    row = filed(deal, prepared(deal)[0])
    assert (row.state, row.on_time, row.filed_on) == ("filed", True, date(2023, 7, 5))
    with as_(officer) as user:
        assert [each.subject.key for each in mine(user)] == [str(row.pk)]
        with pytest.raises(PermissionDenied):
            services.file(actor=user, filing_id=row.pk)
    with as_(deal.agent) as user, pytest.raises(PermissionDenied):
        services.decide(actor=user, filing_id=row.pk, step="accept")
    row = decided(officer, row, "accept")
    assert (row.state, row.decided_by) == ("accepted", officer.username)
    with reaching_all():
        verbs = {each.entry.verb for each in history(FILING_KIND, str(row.pk)).lines}
    assert {"exemptions.filing.prepared", "exemptions.filing.told", "exemptions.filing.accept"} <= verbs


def test_too_early_too_late_and_nothing(month: tuple[Deal, list[Declaration], User]) -> None:
    deal, _, _ = month
    (row,) = prepared(deal)
    with pytest.raises(ExemptionRefusedError, match="EXM-001"):
        filed(deal, row, "2023-06-30")
    with pytest.raises(ExemptionRefusedError, match="EXM-002"):
        filed(deal, row, "2023-07-18")
    with reaching_all():
        SourceLine.objects.update(live=False)
    with pytest.raises(ExemptionRefusedError, match="EXM-003"):
        filed(deal, row, "2023-07-05")


def test_sent_back_filed_again_and_missed_let_in(month: tuple[Deal, list[Declaration], User]) -> None:
    deal, _, officer = month
    row = filed(deal, prepared(deal)[0])
    with pytest.raises(InputError, match="理由"):
        decided(officer, row, "return")
    row = decided(officer, row, "return", "品名不清")
    assert (row.state, row.due_on) == ("returned", date(2023, 7, 13))
    with at("2023-07-14"):
        assert services.keep_up(today=date(2023, 7, 14))["missed"] == 1
        assert services.keep_up(today=date(2023, 7, 14))["missed"] == 0
    row.refresh_from_db()
    assert (row.state, row.on_time) == ("taxable", True)
    with as_(officer) as user:
        page = selectors.filing_page(user, row.pk)
    assert [each.rule for each in page.findings] == ["EXM-007"] and page.stake > 0
    row = decided(officer, row, "admit", "系统故障", "2023-07-20")
    assert row.state == "draft"
    row = filed(deal, row, "2023-07-21")
    assert row.state == "filed"


def test_what_nobody_filed_is_late(month: tuple[Deal, list[Declaration], User]) -> None:
    deal, _, _ = month
    with at("2023-07-03"):
        assert services.keep_up(today=date(2023, 7, 3)) == {"prepared": 1, "missed": 0}
    with reaching_all():
        agent = deal.parties["agent"].pk
        window = (date(2023, 7, 1), date(2023, 7, 31))
        assert selectors.late_filings(agent, window, as_of=date(2023, 7, 17)) == []
        assert services.lapse_missed(today=date(2023, 7, 18)) == 1
        (late,) = selectors.late_filings(agent, window)
        assert (late.state, late.filed_on, late.month) == ("taxable", None, JUNE)
        assert selectors.filed_on_time_counts(*window)[agent] == selectors.OnTime(1, 0)
        assert selectors.unfiled_lines(date(2023, 7, 18)).count() == 2
        assert selectors.unfiled_lines(date(2023, 6, 30)).count() == 0


def test_a_corrected_declaration_asks_for_a_next_version(month: tuple[Deal, list[Declaration], User]) -> None:
    deal, made, officer = month
    row = decided(officer, filed(deal, prepared(deal)[0]), "accept")
    before = row.amount_cny
    with reaching_all():
        gone = SourceLine.objects.filter(line__declaration=made[0])
        gone.update(live=False, packed=None)
    with as_(deal.agent) as user:
        assert [
            each.rule for each in selectors.filing_page(user, row.pk).findings if each.rule != "EXM-004"
        ] == ["EXM-005"]
        with at("2023-08-01"):
            new = services.correct(actor=user, filing_id=row.pk, reason="报关单撤销").row
    old = Filing.objects.get(pk=row.pk)
    assert (old.state, old.amount_cny, new.version, new.number) == ("replaced", before, 2, old.number)
    assert new.amount_cny == made[1].amount_cny and new.on_time is True
    assert FilingLine.objects.filter(live=True).count() == 1
    assert filed(deal, new, "2023-08-02").state == "filed"
    with reaching_all():
        assert selectors.filed_on_time_counts(date(2023, 7, 1), date(2023, 7, 31)) == {
            deal.parties["agent"].pk: selectors.OnTime(1, 1)
        }


def test_an_agent_files_for_all_in_one_go(month: tuple[Deal, list[Declaration], User]) -> None:
    deal, made, officer = month
    with at("2023-07-05"), as_(deal.agent) as user:
        with pytest.raises(InputError, match="还没有结束"):
            services.ask_to_file_all(actor=user, month=date(2023, 7, 1))
        done = services.file_all(actor=user, month=JUNE)
    total = sum(each.amount_cny for each in made)
    assert done == {"filed": 1, "stopped": 0, "amount": f"{total:.2f}", "first": ""}
    with as_(officer) as user:
        assert len(mine(user)) == 1
    with at("2023-09-05"), as_(deal.agent) as user:
        exported(deal, "2023-07-10", 500)
        done = services.file_all(actor=user, month=date(2023, 7, 1))
    assert (done["filed"], done["stopped"]) == (0, 1) and "EXM-002" in done["first"]
    assert done["amount"] == f"{Decimal(0):.2f}"


def test_a_merchant_files_itself_where_the_order_says_so(month: tuple[Deal, list[Declaration], User]) -> None:
    deal, _, _ = month
    with reaching_all():
        from youju.trade.orders.models import Order

        Order.objects.update(exemption_mode="self")
    with at("2023-07-05"), as_(deal.merchant) as user:
        assert services.prepare(actor=user, month=JUNE) == 1
        (row,) = selectors.home(user).own
        assert row.mode == "self" and row.filer_id == row.consignor_id
        assert services.file(actor=user, filing_id=row.pk).row.state == "filed"
    with as_(deal.agent) as user:
        assert not selectors.filings(user).exists()
