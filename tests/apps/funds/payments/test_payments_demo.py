"""The demo year: plausible records of the twelve projects; one late, one payment returned, queues that have something to do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from youju.foundation.identity import demo as people
from youju.foundation.identity.selectors import user_named
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.selectors import case
from youju.funds.payments import selectors
from youju.funds.payments.demo import loading, reading
from youju.funds.payments.models import BankFile, Payment
from youju.funds.projects.models import Batch, Ledger, Project
from youju.funds.projects.services import take_up_targets
from youju.performance.targets import demo as targets
from youju.performance.targets.services.funding import items_of


@pytest.mark.django_db
def test_the_demo_year() -> None:
    people.load()
    items = items_of(targets.document(), 2023)
    assert take_up_targets(year=2023, items=items, is_demo=True) == (12, 0)
    assert take_up_targets(year=2023, items=items, is_demo=True) == (0, 12)
    assert loading.load()
    assert not loading.load()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert sum(row.initial for row in Ledger.objects.all()) == Decimal("29452500.00")
    assert Project.objects.get(order=6).carried
    assert Project.objects.get(order=6).plan.get(month="03").amount is None
    officer = user_named("demo-pfo")
    assert officer is not None
    board = selectors.board(actor=officer, year=2023, day=date(2023, 12, 31))
    colours = {line.project.order: line.colour for line in board.lines if line.project}
    assert colours[12] == "red"
    assert [number for number, colour in colours.items() if colour == "red"] == [12]
    assert {row.state for row in Payment.objects.all()} == {
        "paid", "requested", "reviewed", "checked", "approved", "returned", "draft",
    }  # fmt: skip
    returned = Payment.objects.get(state="returned")
    assert returned.return_reason == "账号户名不符"
    waits = case(Subject("payments.payment", returned.number))
    assert waits is not None
    assert not waits.finished
    assert waits.waits_for
    assert Batch.objects.filter(state="closed").count() == 21
    assert BankFile.objects.exclude(state="answered").count() == 0
    assert all(row.account_masked.startswith("0000") for row in Payment.objects.all())
    assert len(reading.done()) == Payment.objects.filter(state="paid").count()
