"""Orders by spreadsheet: right ones registered, each fault at its cell, soft findings answered in 说明, a batch taken back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import trade_made_goods as made
from kept import kept
from trade_deals import Deal, make_deal
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.imports import services as importing
from youju.foundation.imports.models import Batch
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.trade.orders import services
from youju.trade.orders.imports.orders import COLUMNS, ORDERS
from youju.trade.orders.models import Order, OrderFinding, OrderLine

pytestmark = pytest.mark.django_db
HEAD = [column.heading for column in COLUMNS]
AT = {column.code: place for place, column in enumerate(COLUMNS)}
WHY = "补登以前的交易"


@kept
def deal() -> Deal:
    return make_deal()


def row(**changes: Any) -> list[Any]:
    values = {
        "reference": "HT-1", "merchant": "M1", "agent": "A1", "buyer": "B1", "ordered_on": "2023-06-01", "country": "KE",
        "currency": "USD", "good": "G0", "quantity": 100, "price": 12, "packages": 10, "net_weight": 80, "gross_weight": 90,
        "volume": 0.8, "explanation": WHY,
    } | changes  # fmt: skip
    return [values.get(column.code, "") for column in COLUMNS]


def bring(user: Any, *rows: Any) -> Batch:
    batch, _ = jobs.take_in(
        actor=user,
        importer=ORDERS.code,
        name="交易单.xlsx",
        content=made.workbook(HEAD, *rows),
        parameters={},
    )
    work_off()
    batch.refresh_from_db()
    return batch


def commit(user: Any, batch: Batch) -> Batch:
    jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


def found(batch: Batch, severity: str = "error") -> list[tuple[int, str]]:
    return [(each.row, each.column) for each in batches.findings(batch) if each.severity == severity]


def test_rows_of_one_reference_are_one_order(deal: Deal) -> None:
    with as_(deal.merchant):
        batch = bring(
            deal.merchant,
            row(),
            row(good="G1", explanation=""),
            row(reference="HT-2", quantity=50, packages=5),
        )
        assert (batch.state, batch.effects["new"]) == ("ready", 2), batches.findings(batch)
        batch = commit(deal.merchant, batch)
        assert batch.state == "committed", batch.error
    first, second = Order.objects.order_by("pk")
    assert (first.reference, first.lines_count, first.amount, first.state) == (
        "HT-1",
        2,
        Decimal(2400),
        "registered",
    )
    assert (second.amount, second.channel, second.merchant_confirmed_by) == (
        Decimal(600),
        "excel",
        deal.merchant.username,
    )
    assert list(first.lines.values_list("line_no", "good__number")) == [(1, "G0"), (2, "G1")]
    assert set(OrderFinding.objects.exclude(explanation="").values_list("explanation", flat=True)) == {WHY}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"reference": ""}, "reference"), ({"merchant": "M9"}, "merchant"), ({"merchant": ""}, "merchant"),
        ({"agent": "A9"}, "agent"), ({"buyer": "B9"}, "buyer"), ({"ordered_on": "昨天"}, "ordered_on"),
        ({"country": "肯尼亚"}, "country"), ({"currency": "美元"}, "currency"), ({"currency": "GBP"}, "currency"),
        ({"good": "G9"}, "good"), ({"good": ""}, "good"), ({"quantity": "很多"}, "quantity"), ({"quantity": -1}, "quantity"),
        ({"price": ""}, "price"), ({"amount": 1300}, "amount"), ({"packages": 1.5}, "packages"),
        ({"net_weight": 95}, "gross_weight"), ({"volume": 90}, "explanation"), ({"kind": "赠送"}, "kind"),
        ({"explanation": ""}, "explanation"), ({"original": 0}, "original"),
    ],
)  # fmt: skip
def test_each_fault_stands_at_its_cell_and_nothing_is_stored(
    deal: Deal, changes: dict[str, Any], column: str
) -> None:
    # The wrong row is an order of its own; the right one before it must not be stored either.
    answer = {"explanation": ""} if column == "explanation" else {}
    with as_(deal.merchant):
        batch = bring(deal.merchant, row(), row(**({"reference": "HT-2", "quantity": 90} | changes | answer)))
    assert batch.state == "findings"
    assert (3, column) in found(batch), batches.findings(batch)
    assert not Order.objects.exists()


def test_rows_of_one_order_that_disagree(deal: Deal) -> None:
    with as_(deal.merchant):
        batch = bring(deal.merchant, row(), row(country="NG"))
    assert found(batch) == [(3, "country")]


def test_nobody_registers_for_others(deal: Deal) -> None:
    other = make_deal("Z")
    with as_(other.merchant):
        batch = bring(other.merchant, row())
    assert (2, "merchant") in found(batch)


def test_a_batch_is_taken_back_until_something_stands_on_it(deal: Deal) -> None:
    staff = person(Role.STF)
    with as_(deal.merchant):
        batch = commit(deal.merchant, bring(deal.merchant, row(), row(reference="HT-2", quantity=50)))
    with as_(staff):
        assert "作废这一批登记的 2 张" in importing.consequences(actor=staff, batch_id=batch.pk)[0]
        importing.undo(actor=staff, batch_id=batch.pk, reason="重复")
    assert set(Order.objects.values_list("state", flat=True)) == {"cancelled"}
    assert OrderLine.objects.count() == 2
    with as_(staff), pytest.raises(InputError):
        importing.undo(actor=staff, batch_id=batch.pk, reason="再来")


def test_a_preview_that_is_no_longer_true_is_shown_anew(deal: Deal) -> None:
    with as_(deal.merchant):
        batch = bring(deal.merchant, row())
        words = {("ORD-035", None): WHY}
        services.register_order(actor=deal.merchant, wish=deal.wish(explanations=words))
        batch = commit(deal.merchant, batch)
        assert batch.state != "committed"
    assert Order.objects.count() == 1


def test_thousands_of_rows_cost_as_many_statements_as_few(deal: Deal) -> None:
    counts = []
    for size in (5, 500):
        rows = [
            row(reference=f"{size}-{at // 10}", quantity=100 + at + size, price=1) for at in range(size * 10)
        ]
        with as_(deal.merchant):
            batch = bring(deal.merchant, *rows)
            assert batch.state == "ready", batches.findings(batch)[:3]
            with CaptureQueriesContext(connection) as queries:
                batch = commit(deal.merchant, batch)
            assert batch.state == "committed", batch.error
        counts.append(len(queries))
    assert OrderLine.objects.count() == 5050
    assert counts[1] - counts[0] < 60, counts
