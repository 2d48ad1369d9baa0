"""Four writers for two seconds on the same stock: every refusal is a sentence, every balance holds. The long one: benchmarks."""

from __future__ import annotations

import pytest

from stock_racing import faults_of, make_stock, race
from trade_deals import make_deal
from youju.foundation.kernel.errors import InputError


@pytest.mark.django_db(transaction=True)
def test_four_writers_at_once_keep_every_balance() -> None:
    stock, asked = make_stock(make_deal(), count=4), []

    def declare(_user, number: str, _drawn) -> None:
        asked.append(number)
        raise InputError("这里还不能报关", how="请稍后")

    raced = race(stock, writers=4, seconds=2, declare=declare)
    assert faults_of(raced) == []
    assert raced.done.total() > 0 and raced.refused.total() > 0
    assert set(asked) <= set(stock.packings) and raced.refused["declare"] == len(asked)
