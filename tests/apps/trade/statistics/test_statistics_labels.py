"""What groups are called."""

from __future__ import annotations

from datetime import date

from youju.analytics.cuts import Dimension
from youju.trade.statistics.selectors.labels import labels_of


def test_a_port_bears_its_name_and_one_that_is_not_listed_its_code() -> None:
    found = labels_of(Dimension.PORT, ["TJN", "0202", ""], day=date(2023, 6, 1))
    assert found == {"TJN": "天津港", "0202": "口岸 0202", "": "未填"}
