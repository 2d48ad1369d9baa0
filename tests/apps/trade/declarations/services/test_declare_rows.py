"""Whose plans and declarations, by selectors and by raw SQL; and two people at once on the same packing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from trade_deals import DAY, Deal, make_deal, party
from trade_declared import accepted, broker_of, order_of, packed, planned
from trade_loads import boxed, confirmed, gatherer, opened
from trade_people import as_, person
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.trade.declarations import permissions, selectors, services
from youju.trade.declarations.models import Declaration, Plan, SourceLine
from youju.trade.goods.models import Good
from youju.trade.packing import services as packing
from youju.trade.parties.models import Agreement

TABLES = {
    "declarations_plan": 1,
    "declarations_declaration": 2,
    "declarations_declaredline": 2,
    "declarations_sourceline": 2,
}


def second_merchant(deal: Deal) -> Deal:
    """Another merchant of the same agent and buyer."""
    user = person(Role.MER, "MER-2")
    other = party(user, "M2", "merchant", sections=["ZH"])
    agreement = Agreement.objects.get(number="X1")
    agreement.pk, agreement.number, agreement.principal = None, "X2", other
    agreement._state.adding = True
    agreement.save()
    good = Good.objects.create(
        party=other, number="G9", state="recognised", name="背包", unit="个", hs_code="4202920000"
    )
    return Deal(user, deal.agent, deal.buyer, deal.parties | {"merchant": other}, [good, good])


@pytest.fixture
def town(db: Any) -> dict[str, Any]:
    """Two merchants' goods in one container: a declaration for each, and everybody."""
    deal, other = make_deal(), make_deal("Z")
    second, collector, broker = second_merchant(deal), gatherer(deal), broker_of(deal)

    loaded = opened(deal, order_of(deal, 120_000), order_of(second, 110_000), close=True, consolidator="C1")
    row, _ = boxed(deal, kind="40HQ")
    with as_(deal.agent) as user:
        packing.pack_all(actor=user, number=row.number, consolidation=loaded.number)
        packing.step_packing(actor=user, number=row.number, step="close")
    plan = planned(deal, row, broker="K1")
    rows = sorted(accepted(deal, plan), key=lambda each: -each.amount)
    assert [each.amount for each in rows] == [120_000, 110_000]
    return {
        "rows": rows,
        "plan": plan,
        "packing": row.number,
        "merchant": deal.merchant,
        "second": second.merchant,
        "agent": deal.agent,
        "broker": broker,
        "consolidator": collector,
        "trade staff": person(Role.STF, sections=("WM",), username="stf-wm"),
        "accounts": person(Role.STF, sections=("CW",), username="stf-cw"),
        "head": person(Role.HED),
        "auditor": person(Role.AUD),
        "admin": person(Role.ADM),
        "other merchant": other.merchant,
        "other agent": other.agent,
        "other broker": person(Role.BRK, "BRK-9"),
    }


# Who → how many of: plans, declarations.
SEES = {
    "merchant": (0, 1),
    "second": (0, 1),
    "agent": (1, 2),
    "broker": (1, 2),
    "consolidator": (0, 2),
    "trade staff": (1, 2),
    "head": (1, 2),
    "auditor": (1, 2),
    "accounts": (0, 0),
    "admin": (0, 0),
    "other merchant": (0, 0),
    "other agent": (0, 0),
    "other broker": (0, 0),
}


def counts() -> list[int]:
    found = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(int(cursor.fetchone()[0]))
    return found


def test_each_sees_its_own_and_writes_nothing_else(town) -> None:
    for who, (plans, declarations) in SEES.items():
        with as_(town[who]) as me:
            assert counts() == [plans, declarations, declarations, declarations], who
            if allowed(me, permissions.VIEW):
                assert selectors.declarations(actor=me).count() == declarations, who
                assert (selectors.plan_page(actor=me, plan_id=town["plan"].pk) is not None) == bool(plans), (
                    who
                )
            if who in {"auditor", *(name for name, seen in SEES.items() if seen == (0, 0))}:
                with connection.cursor() as cursor:
                    for table in TABLES:
                        cursor.execute(f"UPDATE {table} SET id = id")
                        assert cursor.rowcount == 0, (who, table)
                        cursor.execute(f"DELETE FROM {table}")
                        assert cursor.rowcount == 0, (who, table)


def test_a_merchant_sees_the_declarations_that_hold_its_goods(town) -> None:
    first, second = town["rows"]
    with as_(town["merchant"]) as me:
        assert selectors.declaration_page(actor=me, key=str(second)) is None
        page = selectors.declaration_page(actor=me, key=str(first))
        assert [len(line.sources) for line in page.lines] == [1]
        assert {source.merchant[0] for line in page.lines for source in line.sources} == {"M1"}
    with as_(town["consolidator"]) as me:
        # It packed the orders, so it knows them.
        page = selectors.declaring_page(actor=me, number=town["packing"])
        assert len(page.declarations) == 2 and not page.plans and not page.may_plan


def test_packing_is_held_for_whoever_asks(town) -> None:
    from youju.trade.declarations.services.holding import hold

    packing = town["rows"][0].packing_id
    with as_(town["merchant"]):
        assert all(row.number in hold(packing) for row in town["rows"])


@pytest.mark.django_db(transaction=True)
def test_six_at_once_on_one_packing() -> None:
    with reaching_all():
        deal = make_deal()
        box = packed(deal, confirmed(deal))
        plan = planned(deal, box)
    threads = 6
    start = Barrier(threads)

    def work(place: int) -> str:
        try:
            with as_(deal.agent) as user:
                start.wait(timeout=20)
                try:
                    if place % 2:
                        services.plan_packing(actor=user, number=box.number, day=DAY.replace(day=2 + place))
                    else:
                        services.accept_plan(actor=user, plan_id=plan.pk)
                except InputError as error:
                    return str(error)
                return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        told = list(pool.map(work, range(threads)))
    with reaching_all():
        live = SourceLine.objects.filter(live=True)
        made = Declaration.objects.count()
        assert made <= 1 and live.count() == 2 * made
        assert Plan.objects.filter(state__in=["planning", "proposed"]).count() <= 1
        # Whoever came too late was told why.
        assert sum(not each for each in told[0::2]) == made
        assert all("方案现在是" in each or "都已经在报关单里" in each for each in told if each)
