"""What counts as a procedure done in time, and the rows behind the rate."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from trade_made_filing import merchant_form, submitted, today
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.workflow.models import Case
from youju.trade.parties import selectors, services

pytestmark = pytest.mark.django_db


def test_the_rate_and_the_rows_behind_it() -> None:
    staff = person(Role.STF)
    day = {"since": today(), "until": today()}
    assert selectors.procedures_within_limit(**day).rate is None
    merchants = [person(Role.MER, f"M{n}") for n in (1, 2, 3)]
    parties = [submitted(user, merchant_form(n)) for n, user in enumerate(merchants, 1)]
    Case.objects.filter(subject_key=str(parties[0].pk)).update(due_on=today() - timedelta(days=1))
    with as_(staff):
        services.take_step(actor=staff, party_id=parties[0].pk, transition="accept")
        services.take_step(actor=staff, party_id=parties[1].pk, transition="return", reason="不全")
    with as_(merchants[2]):
        # That a party takes its filing back is no procedure of the centre.
        services.take_step(actor=merchants[2], party_id=parties[2].pk, transition="withdraw", reason="要改")
    found = selectors.procedures_within_limit(**day)
    assert (found.done, found.in_time, found.rate) == (2, 1, Decimal("50.00"))
    rows = selectors.procedures(**day)
    assert [(row.step, row.within_limit, row.label) for row in rows] == [
        ("accept", False, "白沟新城示例箱包商行1"),
        ("return", True, "白沟新城示例箱包商行2"),
    ]
    old = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}
    assert (selectors.procedures_within_limit(**old).done, list(selectors.procedures(**old))) == (0, [])


def test_the_queue_says_who_is_late() -> None:
    staff = person(Role.STF)
    late, soon = (submitted(person(Role.MER, f"M{n}"), merchant_form(n)) for n in (1, 2))
    Case.objects.filter(subject_key=str(late.pk)).update(due_on=today() - timedelta(days=10))
    with as_(staff):
        rows = selectors.queue(staff)
        assert [row.id for row in rows] == [late.pk, soon.pk]
        assert (rows[0].late, rows[0].days_left is not None and rows[0].days_left < 0) == (True, True)
        assert selectors.queue_counts(rows)["late"] == 1
        assert [row.id for row in selectors.queue(staff, only="late")] == [late.pk]
        assert [
            row.id for row in selectors.queue(staff, text="箱包商行2", role="merchant", channel="web")
        ] == [soon.pk]
