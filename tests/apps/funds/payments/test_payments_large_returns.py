"""A large file of the bank's answers is booked by a job, part by part; what was cut short goes on where it stopped."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from funds_made import Staff, answers, approved, project, sent, staff
from trade_people import as_
from youju.foundation.audit.selectors import history
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.funds.payments import events, selectors, services
from youju.funds.payments.models import BankReturn, Payment, ReturnRow
from youju.funds.payments.services import returning
from youju.funds.projects.models import Ledger


@pytest.fixture
def team() -> Staff:
    return staff()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if four answers were many."""
    monkeypatch.setattr(returning, "AT_ONCE", 3)
    monkeypatch.setattr(returning, "_PART", 2)


def five(team: Staff) -> bytes:
    """Five payments that were sent, one of which the bank sends back; and an answer that fits none."""
    money = project(team, "1000.00")
    rows = [approved(team, money, f"{10 + place}.00") for place in range(5)]
    sent(team, *rows)
    today = timezone.localdate()
    said = [(f"{row.number}-01", str(row.amount), place != 3, today) for place, row in enumerate(rows)]
    return answers(*said, ("FK000000000000-01", "1.00", True, today))


@pytest.mark.django_db(transaction=True)
def test_it_is_kept_shown_as_waiting_and_booked_by_a_job(team: Staff, small: None) -> None:
    content = five(team)
    with as_(team.cashier) as user:
        row, again = services.receive_return(actor=user, name="大回单.csv", content=content)
        assert (row.done, row.rows, row.applied, again) == (False, 6, 0, False)
        assert row.run is not None
        page = selectors.return_page(actor=user, return_id=row.pk)
        assert page is not None
        assert (page.rows, page.run is not None) == ([], True)
        same, again = services.receive_return(actor=user, name="又一次.csv", content=content)
        assert (same.pk, again) == (row.pk, True)
    assert not Payment.objects.filter(state="paid").exists()
    work_off()
    row.refresh_from_db()
    assert (row.done, row.applied, row.known, row.odd) == (True, 5, 0, 1)
    assert Payment.objects.filter(state="paid").count() == 4
    assert Ledger.objects.get().paid == 10 + 11 + 12 + 14
    with as_(team.cashier) as user:
        page = selectors.return_page(actor=user, return_id=row.pk)
    assert page is not None
    # What waits to be looked at stands first.
    assert page.rows[0].reference == "FK000000000000-01"
    assert (len(page.rows), page.more, page.run) == (6, 0, None)
    assert "银行回单" in str(history(events.RETURN_KIND, str(row.pk)).lines[0])


@pytest.mark.django_db
def test_a_reading_that_was_cut_short_goes_on_and_books_nothing_twice(
    team: Staff, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = five(team)
    told: list[tuple[int, int]] = []

    def cut(done: int, total: int) -> None:
        told.append((done, total))
        if done == 4:
            raise KeyboardInterrupt

    with as_(team.cashier) as user:
        with pytest.raises(KeyboardInterrupt):
            services.read_in_parts(actor=user, name="回单.csv", content=content, say=cut)
        row = BankReturn.objects.get()
        assert (row.done, ReturnRow.objects.count()) == (False, 4)
        told.clear()
        row, again = services.read_in_parts(
            actor=user, name="回单.csv", content=content, say=lambda *pair: told.append(pair)
        )
        assert (row.done, row.applied, row.odd, again) == (True, 5, 1, True)
        assert told == [(4, 6), (6, 6)]
        row, again = services.read_in_parts(actor=user, name="回单.csv", content=content)
        assert (again, row.applied) == (True, 5)
    assert ReturnRow.objects.count() == 6
    assert Payment.objects.filter(state="paid").count() == 4


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_leaves_nothing(team: Staff, small: None) -> None:
    with as_(team.cashier) as user:
        for take in (services.receive_return, services.read_in_parts):
            with pytest.raises(InputError):
                take(actor=user, name="回单.csv", content=b"a,b\n1,2\n")
    assert not BankReturn.objects.exists()


@pytest.mark.django_db
def test_the_page_shows_how_far_it_is(team: Staff, small: None, client: Client) -> None:
    content = five(team)
    with as_(team.cashier) as user:
        row, _ = services.receive_return(actor=user, name="大回单.csv", content=content)
    client.force_login(team.cashier)
    shown = client.get(f"/payments/returns/{row.pk}/")
    assert "正在入账" in shown.content.decode()
    part = client.get(f"/payments/returns/{row.pk}/", headers={"HX-Request": "true"})
    assert part.content.decode().startswith('<div id="booking"')
    assert "HX-Refresh" not in part
    BankReturn.objects.update(done=True)
    assert client.get(f"/payments/returns/{row.pk}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
