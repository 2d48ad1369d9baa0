"""Transfers, loans, disposals and depreciation: who does what, what follows, what is refused."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from assets_made import asset, today
from funds_made import Staff
from trade_people import as_
from youju.foundation.identity.models import User
from youju.foundation.jobs.defining import definition
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import todo
from youju.funds.assets import jobs, selectors, services
from youju.funds.assets.models import Asset, Charge, Disposal, Move, Run
from youju.funds.assets.services import Completion, MoveWish
from youju.rules.funds.assets.depreciation import accumulated, month_after

REASON = "主板损坏，维修不划算，已不能使用"


def offered(actor: User, row: Asset, to: User, **given: Any) -> Move:
    usual: dict[str, Any] = {"kind": "transfer", "keeper": to.username, "section": "SC", "place": "302"}
    with as_(actor):
        return services.offer_move(actor=actor, asset_id=row.pk, wish=MoveWish(**(usual | given)))


def move_step(actor: User, row: Move, step: str, reason: str = "") -> Move:
    with as_(actor):
        return services.take_move_step(actor=actor, move_id=row.pk, step=step, reason=reason)


def disposal_step(actor: User, row: Disposal, step: str, **given: Any) -> Disposal:
    with as_(actor):
        return services.take_disposal_step(actor=actor, disposal_id=row.pk, step=step, **given)


def requested(actor: User, row: Asset, way: str = "scrap", reason: str = REASON) -> Disposal:
    with as_(actor):
        return services.request_disposal(actor=actor, asset_id=row.pk, way=way, reason=reason)


def test_a_transfer_waits_for_its_receiver_alone_and_moves_the_card(team: Staff) -> None:
    row = asset(team.finance)
    made = offered(team.finance, row, team.asks)
    assert [each.subject.key for each in todo(team.asks) if each.subject.kind == "assets.move"] == [
        str(made.pk)
    ]
    assert not [each for each in todo(team.section) if each.subject.kind == "assets.move"]
    with pytest.raises(PermissionDenied):
        move_step(team.section, made, "accept")
    row.refresh_from_db()
    assert row.keeper_name == "何静"
    move_step(team.asks, made, "accept")
    row.refresh_from_db()
    assert (row.section, row.place, row.keeper, row.keeper_name) == (
        "SC", "302", team.asks.username, team.asks.display_name,
    )  # fmt: skip


def test_what_a_transfer_may_not(team: Staff) -> None:
    row = asset(team.finance)
    for wish, told in (
        ({"keeper": "nobody"}, "没有这个接收人"),
        ({"keeper": team.finance.username}, "不能是您自己"),
        ({"kind": "steal"}, "没有这种移交方式"),
        ({"kind": "lend"}, "借给谁"),
        ({"kind": "back"}, "不能办理归还"),
    ):
        with pytest.raises(InputError, match=told):
            offered(team.finance, row, team.asks, **wish)
    made = offered(team.finance, row, team.asks)
    with pytest.raises(InputError, match="正在移交"):
        offered(team.finance, row, team.section)
    with pytest.raises(InputError, match="正在移交"):
        requested(team.asks, row)
    with pytest.raises(InputError):
        move_step(team.asks, made, "refuse")
    assert move_step(team.asks, made, "refuse", "不是我的").state == "refused"
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.filter(pk=made.pk).update(state="accepted", accepted_by=made.offered_by)


def test_lent_and_back(team: Staff) -> None:
    row = asset(team.finance)
    until = today() + timedelta(days=5)
    move_step(
        team.asks,
        offered(team.finance, row, team.asks, kind="lend", lent_to="商会", until=until),
        "accept",
    )
    row.refresh_from_db()
    assert (row.state, row.lent_to, row.lent_until) == ("lent", "商会", until)
    with as_(team.asks):
        assert selectors.asset_page(team.finance, row.pk).may_return
    move_step(team.section, offered(team.finance, row, team.section, kind="back"), "accept")
    row.refresh_from_db()
    assert (row.state, row.lent_to, row.lent_until) == ("in_use", "", None)


def test_a_disposal_takes_three_people(team: Staff) -> None:
    row = asset(team.finance)
    made = requested(team.asks, row)
    row.refresh_from_db()
    assert row.state == "leaving"
    with pytest.raises((PermissionDenied, InputError)):
        disposal_step(team.asks, made, "review")
    disposal_step(team.section, made, "review")
    with pytest.raises(PermissionDenied):
        disposal_step(team.finance, made, "approve")
    assert [each.subject.kind for each in todo(team.head)] == ["assets.disposal"]
    disposal_step(team.head, made, "approve")
    with pytest.raises(InputError, match="请填处置日期"):
        disposal_step(team.asks, made, "complete")
    for completion, told in (
        (Completion(today() + timedelta(days=1)), "日子不对"),
        (Completion(today() - timedelta(days=1)), "日子不对"),
        (Completion(today(), Decimal(-1)), "不能是负数"),
    ):
        with pytest.raises(InputError, match=told):
            disposal_step(team.asks, made, "complete", completion=completion)
    done = disposal_step(
        team.asks, made, "complete", completion=Completion(today(), Decimal("120.00"), "国贸办1号")
    )
    row.refresh_from_db()
    assert (row.state, row.disposed_on, done.proceeds) == ("disposed", today(), Decimal("120.00"))
    before = month_after(today(), -1)
    assert row.depreciated == accumulated(row.cost, row.months, row.acquired_on, before) == done.depreciated
    with as_(team.asks):
        assert not selectors.assets(team.asks).exists()
        assert selectors.overview(team.asks).agrees
    with pytest.raises(InputError, match="已经处置"):
        requested(team.asks, row)


def test_a_refused_disposal_gives_the_card_back(team: Staff) -> None:
    row = asset(team.finance, idle=True)
    made = requested(team.asks, row)
    assert disposal_step(team.section, made, "turn_down", reason="还能用").state == "refused"
    row.refresh_from_db()
    assert row.state == "idle"
    again = requested(team.asks, row, "donation", "捐给村里")
    assert disposal_step(team.asks, again, "withdraw", reason="改主意了").state == "withdrawn"
    for way, reason, told in (
        ("burn", REASON, "没有这种处置方式"),
        ("scrap", " ", "须写明原因"),
        ("scrap", "坏了", "至少写 10 个字"),
    ):
        with pytest.raises(InputError, match=told):
            requested(team.asks, row, way, reason)


def test_a_gift_brings_no_money(team: Staff) -> None:
    made = requested(team.asks, asset(team.finance), "donation", "捐给村里")
    disposal_step(team.section, made, "review")
    disposal_step(team.head, made, "approve")
    with pytest.raises(InputError, match="没有收入"):
        disposal_step(team.asks, made, "complete", completion=Completion(today(), Decimal("1.00")))


def test_depreciation_is_charged_once_however_often_it_is_asked_for(team: Staff) -> None:
    old = asset(team.finance, acquired_on=today().replace(day=1) - timedelta(days=400))
    picture = asset(team.finance, category="A0301", cost=Decimal("26000.00"))
    month = selectors.last_month()
    with as_(team.finance):
        run = services.ask_depreciation(actor=team.finance, month=month)
        again = services.ask_depreciation(actor=team.finance, month=month)
        assert (again.count, again.total) == (run.count, run.total) and Run.objects.count() == 1
        with pytest.raises(InputError, match="还没有结束"):
            services.ask_depreciation(actor=team.finance, month=today())
    old.refresh_from_db()
    picture.refresh_from_db()
    charged = list(Charge.objects.filter(asset=old).order_by("month"))
    assert (
        charged[0].month == old.acquired_on.replace(day=1)
        and charged[-1].month == month == old.depreciated_to
    )
    assert sum(each.amount for each in charged) == old.depreciated == charged[-1].accumulated
    assert old.depreciated == accumulated(old.cost, old.months, old.acquired_on, month)
    assert picture.depreciated == 0 and not picture.charges.exists()
    late = asset(team.finance)
    run = services.depreciate(month=month)
    late.refresh_from_db()
    assert late.depreciated == accumulated(late.cost, late.months, late.acquired_on, month)
    with as_(team.auditor), pytest.raises(PermissionDenied):
        services.ask_depreciation(actor=team.auditor, month=month)


def test_the_job_of_the_month(team: Staff) -> None:
    asset(team.finance)
    assert definition("assets.depreciate") is not None
    first = jobs.depreciate()
    assert jobs.depreciate() == first
    with as_(team.auditor):
        assert (
            sum(row.depreciated for row in selectors.months_charged(team.auditor, selectors.last_month())) > 0
        )
        assert selectors.overview(team.auditor).agrees
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.bulk_create([Charge(asset=each.asset, month=each.month, amount=1, accumulated=1, run=each.run)
                                    for each in Charge.objects.all()[:1]])  # fmt: skip


def test_what_leaves_cannot_leave_before_it_was_charged(team: Staff) -> None:
    row = asset(team.finance)
    services.depreciate(month=today())
    made = requested(team.asks, row)
    disposal_step(team.section, made, "review")
    disposal_step(team.head, made, "approve")
    with pytest.raises(InputError, match="已经计提到"):
        disposal_step(team.asks, made, "complete", completion=Completion(today()))
