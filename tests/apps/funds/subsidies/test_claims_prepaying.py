"""Part of a subsidy paid beforehand: to a good level, where the policy says so; the award is paid less by it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims_made import Centre, amount, firm, passed, policies, policy
from funds_made import project, staff
from trade_people import as_
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.funds.payments.models import Payment
from youju.funds.subsidies import services
from youju.funds.subsidies.services.paying import prepaid_of
from youju.funds.subsidies.services.refusing import ClaimRefusedError
from youju.trade.parties.models import Party

pytestmark = pytest.mark.django_db


def test_a_good_level_is_paid_part_before_the_decision() -> None:
    with reaching_all(), policies(policy(prepaid="0.3")):
        project(staff(), "5000.00", code="13060523P00454510001M")
        centre = Centre()
        row = passed(firm("A", 10_000), centre)
        with as_(centre.staff) as user, pytest.raises(ClaimRefusedError, match="CRD-015"):
            services.request_prepayment(actor=user, number=row.number)
        Party.objects.filter(pk=row.party_id).update(credit_level="A")
        with as_(centre.staff) as user:
            made = services.request_prepayment(actor=user, number=row.number)
            with pytest.raises(InputError, match="已经提出过预拨"):
                services.request_prepayment(actor=user, number=row.number)
        assert made.amount == (amount(row) * Decimal("0.3")).quantize(Decimal("0.01")) == Decimal("150.00")
        assert Payment.objects.get(number=made.number).amount == made.amount
        assert prepaid_of(row) == made.amount


def test_a_policy_that_says_nothing_prepays_nobody() -> None:
    with reaching_all(), policies():
        project(staff(), "5000.00", code="13060523P00454510001M")
        centre = Centre()
        row = passed(firm("A", 10_000), centre)
        Party.objects.filter(pk=row.party_id).update(credit_level="A")
        with as_(centre.staff) as user, pytest.raises(ClaimRefusedError, match="CRD-016"):
            services.request_prepayment(actor=user, number=row.number)
