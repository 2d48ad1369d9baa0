"""The demo's receipts: loaded once over a small year, the books balance, every kind of case is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from settlement_made import faults
from trade_made_demo import TODAY, WHOLE
from youju.foundation.identity import demo as people
from youju.foundation.identity.models import User
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.context import acting, reaching_all
from youju.trade.declarations.demo import loading as declarations
from youju.trade.goods.demo import loading as goods
from youju.trade.orders.demo import few
from youju.trade.orders.demo.planning import YearPlan
from youju.trade.parties.demo import loading as parties
from youju.trade.settlement import selectors
from youju.trade.settlement.demo import loading
from youju.trade.settlement.models import Finding, Lot, Movement, Receipt, Reservation

SMALL = YearPlan(TODAY, 0.01, among=WHOLE)
"""As ``trade_made_demo.SMALL_YEAR``, which the journeys start."""


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), reaching_all(), transaction.atomic():
        people.load()
        assert not loading.load(today=TODAY), "without declarations nothing is loaded"
        parties.load(plan=WHOLE)
        goods.load(plan=WHOLE)
        few.load(today=TODAY)
        declarations.load(plan=SMALL)
        assert loading.load(today=TODAY)
        assert not loading.load(today=TODAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _open(loaded: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), reaching_all():
        yield


def test_the_books_balance() -> None:
    assert faults() == []
    assert Lot.objects.filter(is_demo=True).exists() and not Lot.objects.filter(is_demo=False).exists()


def test_every_kind_of_case_is_there() -> None:
    lots = Lot.objects.all()
    assert lots.filter(collected=F("declared"), refunded=0).count() > lots.count() / 2, (
        "most are paid in full"
    )
    matches = Movement.objects.filter(kind="match")
    found = {
        "in part": lots.filter(collected__gt=0, collected__lt=F("declared"), refunded=0).count(),
        "late": sum((move.day - move.lot.released_on).days > 180 for move in matches.select_related("lot")),
        "not yet": lots.filter(collected=0).count(),
        "refund": Movement.objects.filter(kind="refund").count(),
        "too much": Finding.objects.filter(rule="SET-001", receipt__state="partly").count(),
        "payer unlike buyer": Finding.objects.filter(rule="SET-003", explanation="").count(),
        "unmatched": Receipt.objects.filter(state="unmatched").count(),
        "in CNY": Receipt.objects.filter(currency="CNY", state="matched").count(),
        "reserved": Reservation.objects.filter(state="held").count(),
    }
    assert all(found.values()), found


def test_the_demos_people_have_something_to_do() -> None:
    seen = {}
    for name in ("demo-mer", "demo-agt", "demo-bnk", "demo-stf"):
        user = User.objects.get(username=name)
        with acting(**who(user)):
            seen[name] = (
                Lot.objects.count(),
                Lot.objects.filter(available__gt=0).count(),
                Receipt.objects.filter(suspense__gt=0).count(),
                Reservation.objects.filter(state="held").count(),
            )
    assert seen["demo-mer"][0] and seen["demo-agt"][0], seen
    assert seen["demo-agt"][2], "the agent has receipts to write off"
    assert seen["demo-bnk"][:2] == (0, 0) and seen["demo-bnk"][3], seen


def test_what_waits_is_offered_its_declaration() -> None:
    agent = User.objects.get(username="demo-agt")
    with acting(**who(agent)):
        row = Receipt.objects.filter(state="unmatched").first()
        assert row is not None
        page = selectors.receipt_page(actor=agent, number=row.number)
        assert page is not None and page.offers
