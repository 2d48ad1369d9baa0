"""Released lines for tests of cuts: made by Hypothesis, recomputed in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from youju.analytics.engines import columns_of
from youju.analytics.tables import RELEASED_LINES

HOME = {
    "pilot": "baigou",
    "declaration": "D-1",
    "entry_number": "",
    "g_no": 1,
    "declared_on": date(2023, 1, 1),
    "buyer_id": 1,
    "good_id": 1,
    "order_id": 1,
    "order_number": "T1",
    "line_no": 1,
    "name": "包",
    "currency": "USD",
    "amount": Decimal("1.00"),
    "packages": 1,
}
CODES = ("4202220000", "4202310090", "4205000000", "6110200000", "9503008900")


def money() -> st.SearchStrategy[Decimal]:
    return st.integers(0, 10**12).map(lambda cents: Decimal(cents) / 100)


def weight() -> st.SearchStrategy[Decimal]:
    return st.integers(0, 10**12).map(lambda units: Decimal(units) / 100_000)


LINE = st.fixed_dictionaries(
    {
        "declaration_id": st.integers(1, 6),
        "released_on": st.dates(date(2021, 12, 1), date(2023, 12, 31)),
        "agent_id": st.integers(1, 3),
        "merchant_id": st.integers(1, 4),
        "country": st.sampled_from(("RU", "KE", "US", "AQ")),
        "port": st.sampled_from(("0202", "2248")),
        "transport_mode": st.sampled_from(("2", "3", "5")),
        "hs_code": st.sampled_from(CODES),
        "unit": st.sampled_from(("个", "千克")),
        "quantity": weight(),
        "value_cny": money(),
        "net_weight": weight(),
        "gross_weight": weight(),
    }
)


@st.composite
def lines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to two dozen lines; a declaration has one day, one country and so on as little as the cuts care."""
    made = draw(st.lists(LINE, max_size=24))
    return [
        {**HOME, **line, "line_id": number, "chapter": line["hs_code"][:2]}
        for number, line in enumerate(made, 1)
    ]


def as_arrow(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """The lines as the table that engines read."""
    return pa.Table.from_pylist(list(rows), schema=columns_of(RELEASED_LINES.expression()))
