"""Asking for a payment: what it sets aside, what refuses it, once for an origin."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from funds_made import Staff, asked, due, payee, project, staff
from trade_people import as_
from youju.foundation.audit.selectors import history
from youju.foundation.kernel.errors import InputError
from youju.funds.payments import selectors, services
from youju.funds.payments.facts import Origin
from youju.funds.payments.models import Payment
from youju.funds.projects.selectors import available

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Staff:
    return staff()


def test_a_request_sets_the_amount_aside_and_waits_for_the_section(team: Staff) -> None:
    row = project(team, "1000.00")
    made = asked(team, row, "400.25")
    assert (made.state, made.requested_by) == ("requested", ["funds-asks"])
    assert available(row.pk) == Decimal("599.75")
    assert "0000" not in made.account_sealed
    assert made.account_masked.startswith("1300****")
    entries = [each.entry.verb for each in history("payments.payment", made.number).lines]
    assert "payments.payment.asked" in entries


def test_an_origin_has_one_payment_however_often_it_asks(team: Staff) -> None:
    row, to = project(team), payee()
    first = asked(team, row, origin=Origin("subsidies.award", "7"), payee=to)
    again = asked(team, row, origin=Origin("subsidies.award", "7"), payee=to)
    assert again.pk == first.pk
    assert Payment.objects.count() == 1
    with pytest.raises(InputError, match="已有付款"):
        asked(team, row, "501.00", origin=Origin("subsidies.award", "7"), payee=to)
    state = selectors.state_of_origin("subsidies.award", "7")
    assert state is not None
    assert (state.state, state.label) == ("requested", "待科室复核")
    assert selectors.paid_by_origin("subsidies.award", ["7"]) == {}


def test_more_than_the_budget_is_refused_in_words(team: Staff) -> None:
    row = project(team, "100.00")
    with pytest.raises(InputError, match=r"可用预算 100.00 元，这笔要 100.01 元"):
        asked(team, row, "100.01")
    assert Payment.objects.count() == 0


def test_who_may_not_request_is_refused(team: Staff) -> None:
    row = project(team)
    with as_(team.head), pytest.raises(PermissionDenied):
        services.request_payment(
            project_id=row.pk, payee=payee(), amount=Decimal(1), purpose="x", due_on=due(), by=team.head
        )


def test_a_warning_wants_an_explanation(team: Staff) -> None:
    row = project(team)
    with pytest.raises(InputError, match="写在“说明”里"):
        asked(team, row, due_on=due(-1), explanation="")
    made = asked(team, row, due_on=due(-1), explanation="票据晚到")
    assert [each["rule"] for each in made.findings["findings"]] == ["PAY-033"]
