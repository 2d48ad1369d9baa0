"""Released goods made from a seed, as large as wanted, in flat memory: for tests, benchmarks and trials.

Few agents, countries, chapters and merchants have most of the trade (Zipf), prices are spread as prices are (log-normal), trade
has its seasons, a declaration has some thirty lines. The same seed gives the same rows; heads add up from their lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from youju.analytics.lake.parquet import arrow_schema
from youju.analytics.lake.sources import Totals
from youju.analytics.periods import add_months
from youju.analytics.tables import RELEASED_DECLARATIONS, RELEASED_LINES, AnalyticTable

BATCH = 2_000
"""Declarations of one batch of rows, some sixty thousand lines."""
LINES = 30
_SEASONS = np.array([0.6, 0.5, 0.9, 1.0, 1.1, 1.0, 0.9, 1.0, 1.2, 1.3, 1.4, 1.1])
_COUNTRIES = tuple(
    # The commonest come first.
    "USRUNGKEVNTHMYIDPHINPKBDAESAIQIRTREGZAGHTZETDZMACLPEMXBRCOARDENLBEFRGBESITPLCZHUROUA"[at : at + 2]
    for at in range(0, 84, 2)
)
_PORTS = ("0202", "0204", "0407", "2225", "3104", "4205", "5301", "9401", "0901", "1902", "6001", "7201")
_MODES = ("2", "4", "3", "5")
_UNITS = ("个", "件", "千克", "双", "套")
_AGENTS, _MERCHANTS, _CODES, _BUYERS = 200, 20_000, 3_000, 50_000


@dataclass(frozen=True, slots=True)
class MadeSource:
    """A :class:`youju.analytics.lake.sources.Source` of so many lines in 24 months.

    Args:
        pilot: whose rows.
        lines: about how many of all months.
        seed: other rows for another one.
        first: the first month.
        count: how many months.
    """

    pilot: str
    lines: int
    seed: int = 7
    first: date = date(2022, 1, 1)
    count: int = 24
    database: str = "made"
    mark: int = 1
    log_begins: int = 0
    as_of: datetime = datetime(2024, 1, 1, tzinfo=UTC)
    snapshot: str = ""

    def tables(self) -> Sequence[AnalyticTable]:
        """Lines and their heads."""
        return (RELEASED_LINES, RELEASED_DECLARATIONS)

    def months(self, table: AnalyticTable) -> Sequence[str]:  # noqa: ARG002 - the same of both
        """See :class:`Source`."""
        return [f"{add_months(self.first, number):%Y-%m}" for number in range(self.count)]

    def month(self, table: AnalyticTable, month: str) -> Iterator[pa.RecordBatch]:
        """See :class:`Source`."""
        first = date.fromisoformat(f"{month}-01")
        number = (first.year - self.first.year) * 12 + first.month - self.first.month
        seasons = _SEASONS[[add_months(self.first, each).month - 1 for each in range(self.count)]]
        shares = self.lines / LINES * seasons / seasons.sum()
        wanted, before = max(1, round(shares[number])), int(shares[:number].sum()) + number
        for start in range(0, wanted, BATCH):
            some = _Some(self, first, before + start, min(BATCH, wanted - start))
            yield some.rows(table)

    def changed(self, table: AnalyticTable, since: int) -> pa.Table:  # noqa: ARG002 - nothing changes
        """See :class:`Source`; nothing ever changes."""
        return pa.table({table.group: pa.array([], pa.int64())})

    def rows_changed(self, table: AnalyticTable, since: int) -> Iterator[pa.RecordBatch]:  # noqa: ARG002 - as above
        """See :class:`Source`."""
        return iter(())

    def totals(self, table: AnalyticTable, since: int, columns: Sequence[str]) -> Totals:  # noqa: ARG002 - as above
        """See :class:`Source`; added up from the rows, made once more."""
        found: dict[str, tuple[int, dict[str, Any]]] = {}
        for month in self.months(table):
            rows = pa.Table.from_batches(self.month(table, month), arrow_schema(table.columns))
            found[month] = (rows.num_rows, {name: _sum(rows[name]) for name in columns})
        return found


class _Some:
    """So many declarations of a month, from a number on."""

    def __init__(self, source: MadeSource, first: date, start: int, count: int) -> None:
        self.source, self.start, self.count = source, start, count
        draw = self.draw = np.random.default_rng([source.seed, start])
        self.keys = np.arange(start, start + count) + 1
        days = (add_months(first, 1) - first).days
        self.sizes = draw.integers(10, 2 * LINES - 9, count)
        self.day = np.datetime64(first) + draw.integers(0, days, count)
        self.declared = self.day - draw.integers(0, 4, count)
        self.agent = _skewed(draw, _AGENTS, count)
        self.country = (_skewed(draw, len(_COUNTRIES), count) + self.agent) % len(_COUNTRIES)
        self.port = (self.country // 9 + _skewed(draw, 4, count)) % len(_PORTS)
        self.mode = _skewed(draw, len(_MODES), count)
        self.paperless = draw.random(count) < 0.8
        total = self.total = int(self.sizes.sum())
        self.of = np.repeat(np.arange(count), self.sizes)
        starts = self.starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])
        self.place = np.arange(total) - starts[self.of]
        self.code = _skewed(draw, _CODES, total)
        self.cents = np.maximum(100, draw.lognormal(11, 1.2, total)).astype(np.int64)
        self.cny = self.cents * 71 // 10
        self.net = np.maximum(1, draw.lognormal(15, 1.0, total)).astype(np.int64)
        self.gross = self.net + self.net // 10
        self.packages = draw.integers(1, 50, total)

    def rows(self, table: AnalyticTable) -> pa.RecordBatch:
        made = self._lines() if table is RELEASED_LINES else self._heads()
        schema = arrow_schema(table.columns)
        made["pilot"] = pa.repeat(pa.scalar(self.source.pilot), len(made["declaration_id"]))
        return pa.RecordBatch.from_arrays([made[name] for name in schema.names], schema=schema)

    def _shared(self, spread: Callable[[Any], Any]) -> dict[str, Any]:
        """Columns that lines have from their head; ``spread`` repeats a head's values over its rows."""
        keys = pa.array(spread(self.keys))
        text = pc.cast(keys, pa.string())
        return {
            "declaration_id": keys,
            "declaration": pc.binary_join_element_wise("D", pc.utf8_lpad(text, 9, "0"), "-1", ""),
            "entry_number": pc.binary_join_element_wise("04072023", pc.utf8_lpad(text, 10, "0"), ""),
            "released_on": pa.array(spread(self.day), pa.date32()),
            "declared_on": pa.array(spread(self.declared), pa.date32()),
            "agent_id": pa.array(spread(self.agent) + 1),
            "country": _named(_COUNTRIES, spread(self.country)),
            "port": _named(_PORTS, spread(self.port)),
            "transport_mode": _named(_MODES, spread(self.mode)),
            "currency": pa.repeat(pa.scalar("USD"), len(keys)),
        }

    def _lines(self) -> dict[str, Any]:
        draw, total = self.draw, self.total
        chapter = (self.code * 7 % 97 + 61) % 97 + 1
        # A stall sells one kind of goods, now and then its neighbour's.
        stall = _skewed(draw, _MERCHANTS // 97, total) + (draw.random(total) < 0.1)
        merchant = (chapter * (_MERCHANTS // 97) + stall) % _MERCHANTS
        codes = [f"{(each * 7 % 97 + 61) % 97 + 1:02}{each:04}0000" for each in range(_CODES)]
        order = self.keys[self.of] * 20 + self.place // 3
        return self._shared(lambda values: values[self.of]) | {
            "line_id": pa.array(self.keys[self.of] * 100 + self.place),
            "g_no": pa.array(self.place + 1),
            "merchant_id": pa.array(merchant + 1_000),
            "buyer_id": pa.array(_skewed(draw, _BUYERS, total) + 100_000),
            "good_id": pa.array(self.code * 10 + merchant % 10),
            "order_id": pa.array(order),
            "order_number": pc.binary_join_element_wise("O", pc.cast(pa.array(order), pa.string()), ""),
            "line_no": pa.array(self.place % 3 + 1),
            "hs_code": _named(codes, self.code),
            "chapter": _named([f"{each:02}" for each in range(98)], chapter),
            "name": _named([f"货品{each:04}" for each in range(_CODES)], self.code),
            "unit": _named(_UNITS, self.code % len(_UNITS)),
            "quantity": _decimal(self.packages * 1_200_000, 5),
            "amount": _decimal(self.cents, 2),
            "value_cny": _decimal(self.cny, 2),
            "net_weight": _decimal(self.net, 5),
            "gross_weight": _decimal(self.gross, 5),
            "packages": pa.array(self.packages),
        }

    def _heads(self) -> dict[str, Any]:
        def added(values: Any) -> Any:
            return np.add.reduceat(values, self.starts)

        return self._shared(lambda values: values) | {
            "paperless": pa.array(self.paperless),
            "amount": _decimal(added(self.cents), 2),
            "value_cny": _decimal(added(self.cny), 2),
            "net_weight": _decimal(added(self.net), 5),
            "gross_weight": _decimal(added(self.gross), 5),
            "packages": pa.array(added(self.packages)),
        }


def _skewed(draw: np.random.Generator, kinds: int, count: int) -> Any:
    """Numbers below ``kinds``; small ones come often (about Zipf with exponent 1)."""
    return np.minimum((kinds + 1.0) ** draw.random(count) - 1, kinds - 1).astype(np.int64)


def _named(names: Sequence[str], numbers: Any) -> pa.Array:
    return pc.take(pa.array(names, pa.string()), pa.array(numbers))


def _decimal(units: Any, places: int) -> pa.Array:
    """Whole numbers of the last place as decimals of 18 digits."""
    wide = np.zeros((len(units), 2), np.int64)
    wide[:, 0], wide[:, 1] = units, units >> 63
    return pa.Array.from_buffers(pa.decimal128(18, places), len(units), [None, pa.py_buffer(wide)])


def _sum(column: Any) -> Any:
    from decimal import Decimal

    return Decimal(pc.sum(column).as_py() or 0)
