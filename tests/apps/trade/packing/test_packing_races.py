"""Eight people at once on the same goods, on real PostgreSQL: balances hold, who comes too late is told, nobody deadlocks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import F, Sum

from trade_deals import make_deal
from trade_loads import BOXES, boxed, confirmed, opened
from trade_people import as_
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.trade.packing import services
from youju.trade.packing.facts import PackWish, PartWish
from youju.trade.packing.models import Balance, ConsolidatedLine, PackedLine

THREADS, ROUNDS = 8, 3
MEASURES = ("quantity", "packages", "net_weight", "gross_weight", "volume", "amount")


@pytest.mark.django_db(transaction=True)
def test_eight_at_once() -> None:
    deal = make_deal()
    numbers = [confirmed(deal), confirmed(deal, lines=[deal.line(1, price=Decimal(11)), deal.line()])]
    mine = [opened(deal) for _ in range(THREADS)]
    packing, (box,) = boxed(deal, BOXES[0], kind="40HQ")
    start = Barrier(THREADS)

    def work(place: int) -> tuple[int, list[str]]:
        done, told, number = 0, [], mine[place].number
        try:
            with as_(deal.agent) as user:
                start.wait(timeout=20)
                for turn in range(ROUNDS):
                    # Each takes both orders, every second one the other way round: that is what would deadlock.
                    both = numbers if (place + turn) % 2 else numbers[::-1]
                    wishes = [PartWish(each, line, Decimal(7)) for each in both for line in (1, 2)]
                    try:
                        services.add_lines(actor=user, number=number, wishes=wishes)
                        done += 1
                    except InputError as error:
                        assert error.status == 409
                        told.append(str(error))
        finally:
            connection.close()
        return done, told

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(work, range(THREADS)))
    assert sum(done for done, _ in answers) == 14  # 14 × 7 of 100 pieces
    told = [sentence for _, sentences in answers for sentence in sentences]
    assert len(told) == THREADS * ROUNDS - 14
    assert all("只剩 2.00000" in sentence for sentence in told)

    with reaching_all():
        for row in Balance.objects.all():
            lines = ConsolidatedLine.objects.filter(order_line=row.order_line_id)
            sums = lines.aggregate(**{name: Sum(name) for name in MEASURES})
            out = (
                row.quantity_out,
                row.packages_out,
                row.net_out,
                row.gross_out,
                row.volume_out,
                row.amount_out,
            )
            assert tuple(sums[name] for name in MEASURES) == out
            assert row.quantity_out == 98

    full = [row for row in mine if _gathered(row)]
    with as_(deal.agent) as user:
        for row in full:
            services.step_consolidation(actor=user, number=row.number, step="close")
    with reaching_all():
        some = ConsolidatedLine.objects.order_by("pk")[:6]
        keys = [line.pk for line in some]

    def load(place: int) -> tuple[int, list[str]]:
        done, told = 0, []
        try:
            with as_(deal.agent) as user:
                start.wait(timeout=20)
                for key in keys if place % 2 else keys[::-1]:
                    try:
                        services.pack(
                            actor=user, number=packing.number, container=box.pk, wishes=[PackWish(key)]
                        )
                        done += 1
                    except InputError as error:
                        assert error.status == 409
                        told.append(str(error))
        finally:
            connection.close()
        return done, told

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(load, range(THREADS)))
    assert sum(done for done, _ in answers) == len(keys)
    assert all("已经全部装箱" in sentence for _, sentences in answers for sentence in sentences)
    with reaching_all():
        chosen = ConsolidatedLine.objects.filter(pk__in=keys)
        assert not chosen.exclude(packed_quantity=F("quantity"), packed_amount=F("amount")).exists()
        whole = PackedLine.objects.aggregate(amount=Sum("amount"), gross=Sum("gross_weight"))
        gathered = chosen.aggregate(amount=Sum("amount"), gross=Sum("gross_weight"))
        assert whole == gathered


def _gathered(row) -> bool:
    with reaching_all():
        return row.lines.exists()
