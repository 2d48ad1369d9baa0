"""Four writers for two seconds on the same stock: they register, pack and declare; every refusal is a sentence, every balance
holds. The long one, eight writers for a minute, is ``benchmarks/stock_race.py``.
"""

from __future__ import annotations

import pytest

from stock_declaring import declare
from stock_racing import faults_of, make_stock, race
from trade_deals import make_deal


@pytest.mark.django_db(transaction=True)
def test_four_writers_at_once_keep_every_balance() -> None:
    raced = race(make_stock(make_deal(), count=4), writers=4, seconds=2, declare=declare)
    assert faults_of(raced) == []
    assert raced.done.total() > 0 and raced.refused.total() > 0
