"""Cards: entered, changed, made of payments, whose rows they are; what may not be done with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from assets_made import asset, paid_for_equipment, today, wish
from funds_made import Staff
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.funds.assets import selectors, services
from youju.funds.assets.models import Asset, Charge, Funding
from youju.funds.assets.selectors import AssetFilter
from youju.funds.assets.services import AssetRefusedError


def test_a_card_gets_its_number_its_life_and_its_trail(team: Staff) -> None:
    row = asset(team.finance)
    assert row.number.startswith(f"ZC{row.acquired_on:%Y}") and row.months == 72
    assert [each.deed for each in history("assets.asset", str(row.pk)).lines] == ["登记了资产"]
    assert asset(team.asks, number="zh-001").number == "ZH-001"
    with as_(team.finance), pytest.raises(InputError, match="已有编号为 ZH-001"):
        services.register_asset(actor=team.finance, wish=wish(number="ZH-001"))


def test_who_may_and_who_may_not(team: Staff) -> None:
    with as_(team.auditor), pytest.raises(PermissionDenied):
        services.register_asset(actor=team.auditor, wish=wish())
    row = asset(team.asks)
    with as_(team.auditor):
        assert selectors.assets(team.auditor).get() == row
    merchant = person(Role.MER)
    with as_(merchant), pytest.raises(PermissionDenied):
        selectors.assets(merchant)


def test_the_database_itself_hides_cards_and_keeps_auditors_from_writing(team: Staff) -> None:
    row = asset(team.finance)
    services.depreciate(month=selectors.last_month())
    with as_(person(Role.MER)):
        assert not Asset.objects.exists()
    with as_(team.auditor):
        assert Asset.objects.filter(pk=row.pk).update(note="x") == 0
    with as_(team.finance):
        assert Asset.objects.filter(pk=row.pk).update(note="x") == 1
        assert Charge.objects.filter(asset=row).update(amount=1) == 0
    with (
        as_(team.officer),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Asset.objects.create(number="X1", name="x", category="A0201", cost=1, acquired_on=today(), months=1)


def test_what_the_rules_find_stops_it_or_is_said(team: Staff) -> None:
    with as_(team.finance):
        made = services.register_asset(actor=team.finance, wish=wish(cost=Decimal("800.00")))
        assert [each.rule for each in made.findings] == ["AST-001"]
        with pytest.raises(AssetRefusedError, match="还没有到"):
            services.register_asset(actor=team.finance, wish=wish(acquired_on=today() + timedelta(days=1)))
        services.register_asset(actor=team.finance, wish=wish(model="M1", serial="SN1"))
        with pytest.raises(AssetRefusedError, match="出厂编号 SN1"):
            services.register_asset(actor=team.finance, wish=wish(model="M1", serial="SN1"))
        services.register_asset(actor=team.finance, wish=wish(model="M2", serial="SN1"))
        for bad in ({"section": "XX"}, {"keeper": "nobody"}):
            with pytest.raises(InputError, match="没有这个"):
                services.register_asset(actor=team.finance, wish=wish(**bad))


def test_a_change_asks_for_the_revision_and_for_a_cost_without_depreciation(team: Staff) -> None:
    row = asset(team.finance)
    with as_(team.finance):
        changed = services.change_asset(
            actor=team.finance, asset_id=row.pk, wish=wish(cost=Decimal("5300.00"), idle=True), revision=0
        ).asset
        assert (changed.cost, changed.state, changed.revision) == (Decimal("5300.00"), "idle", 1)
        assert (changed.section, changed.keeper_name) == ("ZH", "何静"), "moved by a transfer alone"
        with pytest.raises(InputError, match="刚被改过"):
            services.change_asset(actor=team.finance, asset_id=row.pk, wish=wish(), revision=0)
        services.depreciate(month=selectors.last_month())
        same = wish(cost=Decimal("5300.00"), note="补充备注")
        services.change_asset(actor=team.finance, asset_id=row.pk, wish=same, revision=1)
        with pytest.raises(InputError, match="已经计提折旧"):
            services.change_asset(
                actor=team.finance, asset_id=row.pk, wish=replace(same, cost=Decimal("5301.00")), revision=2
            )


def test_a_payment_becomes_cards_and_the_rest_is_told(team: Staff) -> None:
    payment = paid_for_equipment(team)
    with as_(team.finance):
        (found,) = selectors.paid_payments(team.finance, only_open=True)
        assert (found.number, found.rest) == (payment.number, Decimal("12000.00"))
        made = services.register_from_payment(
            actor=team.finance, payment=payment.number, wish=wish(cost=Decimal("5200.00"), acquired_on=today()),
            copies=2, serials=["A1", "A2"], line="合同第 1 项",
        )  # fmt: skip
        assert [row.serial for row in made.assets] == ["A1", "A2"]
        assert {row.project for row in made.assets} == {payment.project.code}
        view = selectors.payment_of(team.finance, payment.number)
        assert (view.cards, view.registered, view.open) == (2, Decimal("10400.00"), Decimal("1600.00"))
        assert [card.part for card in selectors.cards_of(team.finance, view.id)] == [Decimal("5200.00")] * 2
        with pytest.raises(InputError, match="超过付款的余额"):
            services.expense_rest(
                actor=team.finance, payment=payment.number, amount=Decimal("1600.01"), note="安装"
            )
        with pytest.raises(InputError, match="须写说明"):
            services.expense_rest(actor=team.finance, payment=payment.number, amount=Decimal(1), note=" ")
        services.expense_rest(
            actor=team.finance, payment=payment.number, amount=Decimal("1600.00"), note="安装费"
        )
        assert not selectors.paid_payments(team.finance, only_open=True).exists()
        (line,), total = selectors.reconciliation(team.finance, today().year)
        assert (line.paid, line.registered, line.expensed, line.open) == (
            Decimal("12000.00"), Decimal("10400.00"), Decimal("1600.00"), Decimal(0),
        )  # fmt: skip
        assert total.open == 0
        services.expense_rest(actor=team.finance, payment=payment.number, amount=Decimal(0), note="登记错了")
        assert selectors.payment_of(team.finance, payment.number).open == Decimal("1600.00")


def test_no_more_than_was_paid_not_even_around_the_service(team: Staff) -> None:
    payment = paid_for_equipment(team, "10000.00")
    dear = wish(cost=Decimal("5000.01"), acquired_on=today())
    with as_(team.finance):
        with pytest.raises(AssetRefusedError, match=r"超出 0\.02 元"):
            services.register_from_payment(actor=team.finance, payment=payment.number, wish=dear, copies=2)
        assert not Asset.objects.exists()
        for copies, serials, told in (
            (0, [], "1 至 200"),
            (201, [], "1 至 200"),
            (1, ["a", "b"], "比数量多"),
        ):
            with pytest.raises(InputError, match=told):
                services.register_from_payment(
                    actor=team.finance, payment=payment.number, wish=dear, copies=copies, serials=serials
                )
        with pytest.raises(InputError, match="没有这笔已付的付款"):
            services.register_from_payment(actor=team.finance, payment="FK0", wish=dear)
    row = asset(team.finance, cost=Decimal("20000.00"))
    with pytest.raises(IntegrityError, match="assets of payment"), transaction.atomic():
        Funding.objects.create(asset=row, payment=payment, amount=Decimal("10000.01"))


def test_an_asset_paid_in_two_instalments(team: Staff) -> None:
    first, second = paid_for_equipment(team, "6000.00"), paid_for_equipment(team, "4000.00")
    row = asset(team.finance, cost=Decimal("10000.00"))
    with as_(team.finance):
        services.link_payment(
            actor=team.finance, asset_id=row.pk, payment=first.number, amount=Decimal("6000.00")
        )
        for payment, amount, told in (
            (first, "1.00", "已经关联"),
            (second, "4000.01", "超过原值"),
            (second, "0.00", "超过原值"),
        ):
            with pytest.raises(InputError, match=told):
                services.link_payment(
                    actor=team.finance, asset_id=row.pk, payment=payment.number, amount=Decimal(amount)
                )
        services.link_payment(
            actor=team.finance, asset_id=row.pk, payment=second.number, amount=Decimal("4000.00")
        )
        page = selectors.asset_page(team.finance, row.pk)
        assert sum(each.amount for each in page.fundings) == row.cost
        assert {each.number for each in selectors.paid_payments(team.finance)} == {
            first.number,
            second.number,
        }


def test_filters_find_what_they_say_and_pages_ask_as_often_for_any_size(team: Staff) -> None:
    mine = asset(team.finance, keeper=team.asks.username, keeper_name="", name="服务器")
    asset(team.finance, keeper_name="", category="A0501", cost=Decimal("980.00"))
    with as_(team.asks):
        find = lambda **given: list(selectors.assets(team.asks, AssetFilter(**given)))  # noqa: E731
        assert find(only="mine") == [mine] and find(text="服务 机") == []
        assert len(find(only="unkept")) == 1 and len(find(only="unpaid")) == 2
        assert len(find(category="A05")) == 1 and len(find(category="A02", section="ZH")) == 1
        assert find(state="disposed") == [] and find(place="办公楼\0 302") == []
        with CaptureQueriesContext(connection) as few:
            selectors.overview(team.asks)
        for place in range(20):
            asset(team.finance, category="A0202", serial=f"P{place}")
        with CaptureQueriesContext(connection) as many:
            selectors.overview(team.asks)
        assert len(many) == len(few)
