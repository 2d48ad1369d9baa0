"""Awards are paid once, whatever is asked how often; what the bank sends back is paid to the corrected account."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from claims_made import Centre, awarded, firm, policies
from funds_made import answered, answers, project, sent, staff, through
from trade_people import as_
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.funds.payments.facts import Origin, PaymentEvent
from youju.funds.payments.models import Payment
from youju.funds.projects.models import Ledger
from youju.funds.subsidies import services
from youju.funds.subsidies.models import Application, Award
from youju.funds.subsidies.services.paying import ORIGIN, hear_of_payment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policies():
    with reaching_all(), policies():
        yield


@pytest.fixture
def centre() -> Centre:
    return Centre()


def told(happening: str, application: Application, reason: str = "") -> PaymentEvent:
    """What payments say of an award's payment."""
    award = Award.objects.get(application=application)
    return PaymentEvent(
        happening,
        1,
        award.payment,
        award.amount,
        Origin(ORIGIN, application.number),
        timezone.localdate(),
        reason,
    )


def test_each_award_is_asked_for_once(centre: Centre) -> None:
    project(staff(), "5000.00", code="13060523P00454510001M")
    row = awarded(centre, firm("A", 10_000), firm("B", 4_000))
    with as_(centre.staff) as user:
        first = services.request_payments(actor=user, number=row.number)
        again = services.request_payments(actor=user, number=row.number)
    assert (first.asked, first.there, first.refused) == (2, 0, [])
    assert (again.asked, again.there, again.refused) == (0, 2, [])
    payments = list(Payment.objects.order_by("amount"))
    assert [each.amount for each in payments] == [Decimal("200.00"), Decimal("500.00")]
    assert {each.origin_kind for each in payments} == {ORIGIN}
    assert {each.payment for each in Award.objects.all()} == {each.number for each in payments}


def test_the_fingerprint_is_that_of_payments(centre: Centre) -> None:
    project(staff(), "5000.00", code="13060523P00454510001M")
    row = awarded(centre, firm())
    with as_(centre.staff) as user:
        services.request_payments(actor=user, number=row.number)
    assert Payment.objects.get().account_fingerprint == Application.objects.get().account_fingerprint


def test_without_a_project_it_is_said_why_and_nothing_is_lost(centre: Centre) -> None:
    row = awarded(centre, firm())
    with as_(centre.staff) as user:
        done = services.request_payments(actor=user, number=row.number)
    assert done.asked == 0
    assert "资金项目" in done.refused[0]
    assert Award.objects.get().payment == ""


def test_only_who_may_asks_and_only_what_is_decided(centre: Centre) -> None:
    row = awarded(centre, firm())
    with as_(centre.head) as user, pytest.raises(PermissionDenied):
        services.request_payments(actor=user, number=row.number)
    row.state = "cleared"
    row.save()
    with as_(centre.staff) as user, pytest.raises(InputError, match="决定以后"):
        services.request_payments(actor=user, number=row.number)


def test_paid_then_returned_then_corrected(centre: Centre) -> None:
    project(staff(), "5000.00", code="13060523P00454510001M")
    of = firm()
    row = awarded(centre, of)
    with as_(centre.staff) as user:
        services.request_payments(actor=user, number=row.number)
    application = Application.objects.get()
    with as_(centre.finance):
        hear_of_payment(told("paid", application))
        hear_of_payment(told("paid", application))  # twice is once
    award = Award.objects.get()
    assert (award.state, award.paid_amount) == ("paid", award.amount)
    with as_(centre.finance):
        hear_of_payment(told("returned", application, "账号户名不符"))
    award, application = Award.objects.get(), Application.objects.get()
    assert (award.state, award.paid_amount, award.paid_on) == ("bank_returned", 0, None)
    assert (application.state, award.bank_reason) == ("bank_returned", "账号户名不符")
    with as_(of.clerk) as user:
        account = services.AccountIn(of.party.name, "建设银行白沟支行", "6217000200009876543")
        application = services.correct_account(actor=user, number=application.number, account=account)
    assert (application.state, application.account_masked) == ("awarded", "**** 6543")
    assert Award.objects.get().attempt == 2


def test_returned_by_the_bank_corrected_and_paid_through_every_room(centre: Centre) -> None:
    """No event is made up here: the award is paid by people, files and answers, is sent back, and is paid to the new account."""
    team, of = staff(), firm()
    money = project(team, "5000.00", code="13060523P00454510001M")
    row = awarded(centre, of)
    with as_(centre.staff) as user:
        assert services.request_payments(actor=user, number=row.number).asked == 1
    made = Payment.objects.get()
    today = timezone.localdate()
    sent(team, through(team, made))
    answered(team, answers((f"{made.number}-01", str(made.amount), False, today)), name="退回.csv")
    application, award = Application.objects.get(), Award.objects.get()
    assert (application.state, award.state, award.bank_reason) == (
        "bank_returned",
        "bank_returned",
        "账号户名不符",
    )
    assert (Ledger.objects.get(project=money).paid, Award.objects.get().paid_amount) == (0, 0)

    with as_(of.clerk) as user:
        account = services.AccountIn(of.party.name, "建设银行白沟支行", "6217000200009876543")
        services.correct_account(actor=user, number=application.number, account=account)
    with as_(centre.staff) as user:
        again = services.request_payments(actor=user, number=row.number)
        once = services.request_payments(actor=user, number=row.number)
    assert (again.asked, once.asked, once.there) == (1, 0, 1)
    # The same payment goes its way anew, to the new account, and every hand signs again.
    made.refresh_from_db()
    assert Payment.objects.count() == 1
    assert (made.state, made.account_masked[-4:], made.section_by, made.approved_by) == (
        "requested",
        "6543",
        [],
        [],
    )
    sent(team, through(team, made))
    answered(team, answers((f"{made.number}-02", str(made.amount), True, today)), name="付讫.csv")
    # The old reference, said again, changes nothing any more.
    answered(team, answers((f"{made.number}-01", str(made.amount), True, today)), name="旧凭证.csv")
    application, award, ledger = (
        Application.objects.get(),
        Award.objects.get(),
        Ledger.objects.get(project=money),
    )
    made.refresh_from_db()
    assert (application.state, award.state, made.state) == ("paid", "paid", "paid")
    assert (award.paid_amount, award.paid_on, award.payment) == (award.amount, today, made.number)
    assert (ledger.paid, ledger.reserved) == (award.amount, 0)
    assert made.tags == ["subsidy"]


def test_a_cancelled_payment_can_be_asked_for_again(centre: Centre) -> None:
    row = awarded(centre, firm())
    application = Application.objects.get()
    Award.objects.update(payment="FK1")
    with as_(centre.finance):
        hear_of_payment(told("cancelled", application))
    assert Award.objects.get().payment == ""
    assert row.state == "awarded"


def test_what_is_not_ours_is_not_heard(centre: Centre) -> None:
    hear_of_payment(PaymentEvent("paid", 1, "FK1", Decimal(1), None, timezone.localdate()))
    hear_of_payment(PaymentEvent("paid", 1, "FK1", Decimal(1), Origin("x", "y"), timezone.localdate()))
