"""Rates by spreadsheet, usual prices at night, orders that move with a merged party, whose drafts are whose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

import trade_made_goods as made
from trade_deals import DAY, make_deal, party
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.imports import services as importing
from youju.foundation.imports.models import Batch
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.trade.orders import selectors, services
from youju.trade.orders.imports import rates
from youju.trade.orders.jobs import usual_prices
from youju.trade.orders.models import Order, OrderDraft, Rate, UsualPrice
from youju.trade.orders.services import moving

pytestmark = pytest.mark.django_db
HEAD = [column.heading for column in rates.COLUMNS]


def bring(user: Any, *rows: Any) -> Batch:
    batch, _ = jobs.take_in(
        actor=user, importer=rates.CODE, name="汇率.xlsx", content=made.workbook(HEAD, *rows), parameters={}
    )
    work_off()
    batch.refresh_from_db()
    return batch


def commit(user: Any, batch: Batch) -> Batch:
    jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


def test_rates_from_a_file_and_back() -> None:
    staff = person(Role.STF)
    Rate.objects.create(month=DAY, currency="USD", rate=Decimal("7.1"))
    with as_(staff):
        batch = bring(staff, ["2023-06", "USD", "7.0821", "海关公布"], ["2023-07", "EUR", "7.9", ""])
        assert (batch.state, batch.effects["new"], batch.effects["changed"]) == ("ready", 1, 1), (
            batches.findings(batch)
        )
        batch = commit(staff, batch)
        assert batch.state == "committed", batch.error
        assert Rate.objects.get(month=DAY, currency="USD").rate == Decimal("7.0821")
        assert selectors.rates(actor=staff, month=date(2023, 7, 9)).get().currency == "EUR"
        importing.undo(actor=staff, batch_id=batch.pk, reason="错月")
        assert list(Rate.objects.values_list("currency", "rate")) == [("USD", Decimal("7.1"))]


def test_a_rate_that_orders_rest_on_is_not_taken_back() -> None:
    staff = person(Role.STF)
    deal = make_deal()
    with as_(staff):
        batch = commit(staff, bring(staff, ["2023-06", "USD", "7.2", ""]))
    with as_(deal.merchant):
        services.register_order(actor=deal.merchant, wish=deal.wish())
    with as_(staff), pytest.raises(InputError, match="已有交易单按这个汇率登记"):
        importing.undo(actor=staff, batch_id=batch.pk, reason="错")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["2023-13", "USD", "7", ""], "month"), (["", "USD", "7", ""], "month"), (["2023-06", "美元", "7", ""], "currency"),
        (["2023-06", "USD", "0", ""], "rate"), (["2023-06", "USD", "七", ""], "rate"), (["2023-06", "CNY", "2", ""], "rate"),
        (["2023-05", "USD", "7", ""], "currency"),
    ],
)  # fmt: skip
def test_each_fault_of_a_rate_stands_at_its_cell(row: list[Any], column: str) -> None:
    staff = person(Role.STF)
    with as_(staff):
        batch = bring(staff, ["2023-05", "USD", "6.9", ""], row)
        assert batch.state == "findings"
        assert [(each.row, each.column) for each in batches.findings(batch)] == [(3, column)]
        assert not Rate.objects.exists()


def test_others_neither_see_nor_write_the_rates() -> None:
    deal = make_deal()
    with as_(deal.merchant), pytest.raises(PermissionDenied):
        selectors.rates(actor=deal.merchant)
    with as_(deal.agent), pytest.raises(PermissionDenied):
        services.store_rates(actor=deal.agent, rows=[services.MonthRate(DAY, "USD", Decimal(7))])


def test_the_usual_price_is_the_median_of_the_last_ones() -> None:
    deal = make_deal()
    words = {("ORD-035", None): "补登以前的交易", ("ORD-037", None): "确是两笔交易"}
    with as_(deal.merchant):
        for price in (10, 12, 14, 16):
            wish = deal.wish(lines=[deal.line(price=Decimal(price))], explanations=words)
            services.register_order(actor=deal.merchant, wish=wish)
    assert usual_prices.function() if hasattr(usual_prices, "function") else services.count_usual_prices(20)
    found = UsualPrice.objects.get()
    assert (found.good_id, found.currency, found.price, found.deals) == (
        deal.goods[0].pk,
        "USD",
        Decimal(13),
        4,
    )
    services.count_usual_prices(2)
    assert UsualPrice.objects.get().price == Decimal(15)
    Order.objects.update(state="cancelled")
    assert services.count_usual_prices(20) == 0
    assert not UsualPrice.objects.exists()


def test_orders_move_with_a_merged_party_and_back() -> None:
    deal = make_deal()
    other = person(Role.MER, "MER-2")
    target = party(other, "M2", "merchant")
    with as_(deal.merchant):
        number = services.register_order(actor=deal.merchant, wish=deal.wish()).number
    source = deal.parties["merchant"].pk
    before = Order.objects.get(number=number)
    assert (moving.count(source), moving.count(target.pk)) == (1, 0)
    kept = moving.move(source, target.pk)
    moved = Order.objects.get(number=number)
    assert (moved.merchant_id, moved.agent_id) == (target.pk, before.agent_id)
    with as_(other):
        assert selectors.order_page(actor=other, number=number).sides == ("merchant",)
    assert moving.later(kept, source=source, target=target.pk) == ""
    moving.move_back(kept)
    after = Order.objects.get(number=number)
    assert (after.merchant_id, after.organisations) == (source, before.organisations)
    kept = moving.move(source, target.pk)
    with as_(deal.agent):
        services.confirm_order(actor=deal.agent, number=number)
    assert moving.later(kept, source=source, target=target.pk) == "移过来的交易单有改动"


def raw(sql: str, *parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else [cursor.rowcount]


def test_whose_drafts_and_orders_by_raw_sql() -> None:
    deal = make_deal()
    with as_(deal.merchant):
        services.save_draft(actor=deal.merchant, place="new", form={"head": {}})
        services.register_order(actor=deal.merchant, wish=deal.wish())
    staff, auditor, stranger = person(Role.STF), person(Role.AUD), person(Role.MER, "MER-9")
    seen = {
        deal.merchant: (1, 1),
        deal.agent: (0, 1),
        deal.buyer: (0, 1),
        staff: (0, 1),
        auditor: (1, 1),
        stranger: (0, 0),
    }
    for user, counts in seen.items():
        with as_(user):
            drafts, orders = (
                raw(f"SELECT count(*) FROM {table}")[0][0] for table in ("orders_orderdraft", "orders_order")
            )
            assert (drafts, orders) == counts, user.username
    with as_(stranger):
        assert raw("DELETE FROM orders_orderdraft") == [0]
        assert raw("UPDATE orders_order SET note = 'x'") == [0]
        with pytest.raises(DatabaseError), transaction.atomic():
            raw(
                "INSERT INTO orders_orderdraft (user_id, organisation_id, place, form) VALUES (%s, %s, 'x', '{}')",
                stranger.pk,
                deal.merchant.organisation_id,
            )
    with as_(deal.agent):
        assert selectors.draft(actor=deal.agent, place="new") is None
    assert OrderDraft.objects.count() == 1
