"""A lake in a folder and a source that changes, for tests without a database."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from youju.analytics.lake.checking import Checked, check
from youju.analytics.lake.cubes import CUBES
from youju.analytics.lake.folder import LakeFolder
from youju.analytics.lake.limits import Limits
from youju.analytics.lake.manifest import read
from youju.analytics.lake.parquet import arrow_schema
from youju.analytics.lake.reading import Snapshot
from youju.analytics.lake.refreshing import Refreshed, refresh
from youju.analytics.lake.sources import Totals
from youju.analytics.tables import RELEASED_DECLARATIONS, RELEASED_LINES, AnalyticTable

NOW = datetime(2023, 7, 1, tzinfo=UTC)
LIMITS = Limits(grace=timedelta(hours=2), small_rows=1_000, small_files=4, memory_mb=200)
Rows = dict[int, list[dict[str, Any]]]


class Changing:
    """Records in memory with a log of changes, as the database keeps one. Each change is a transaction of its own."""

    def __init__(self) -> None:
        self.lines: Rows = {}
        self.log: list[tuple[int, int]] = []
        self.mark, self.database, self.log_begins, self.snapshot = 1, "memory", 0, ""

    @property
    def as_of(self) -> datetime:
        """Later with each transaction."""
        return NOW + timedelta(seconds=self.mark)

    def put(self, key: int, day: date, *values: str, country: str = "US") -> None:
        """A declaration with a line for each value; none takes it back."""
        if values:
            self.lines[key] = [_line(key, place, day, value, country) for place, value in enumerate(values)]
        else:
            self.lines.pop(key, None)
        self.log.append((self.mark, key))
        self.mark += 1

    def tables(self) -> Sequence[AnalyticTable]:
        """Lines and heads."""
        return (RELEASED_LINES, RELEASED_DECLARATIONS)

    def rows(self, table: AnalyticTable) -> list[dict[str, Any]]:
        """All rows of a table."""
        if table is RELEASED_LINES:
            return [line for lines in self.lines.values() for line in lines]
        return [_head(lines) for lines in self.lines.values()]

    def months(self, table: AnalyticTable) -> Sequence[str]:
        """See :class:`Source`."""
        return sorted({f"{row['released_on']:%Y-%m}" for row in self.rows(table)})

    def month(self, table: AnalyticTable, month: str) -> Iterator[pa.RecordBatch]:
        """See :class:`Source`."""
        return self._batch(table, lambda row: f"{row['released_on']:%Y-%m}" == month)

    def changed(self, table: AnalyticTable, since: int) -> pa.Table:
        """See :class:`Source`."""
        return pa.table({table.group: pa.array(sorted(self._keys(since)), pa.int64())})

    def rows_changed(self, table: AnalyticTable, since: int) -> Iterator[pa.RecordBatch]:
        """See :class:`Source`."""
        keys = self._keys(since)
        return self._batch(table, lambda row: row["declaration_id"] in keys)

    def totals(self, table: AnalyticTable, since: int, columns: Sequence[str]) -> Totals:
        """See :class:`Source`."""
        keys, found = self._keys(since), dict[str, tuple[int, dict[str, Decimal]]]()
        for row in self.rows(table):
            if row["declaration_id"] not in keys:
                month = f"{row['released_on']:%Y-%m}"
                count, sums = found.get(month, (0, dict.fromkeys(columns, Decimal(0))))
                found[month] = count + 1, {name: value + row[name] for name, value in sums.items()}
        return found

    def _keys(self, since: int) -> set[int]:
        return {key for mark, key in self.log if mark >= since}

    def _batch(
        self, table: AnalyticTable, wanted: Callable[[dict[str, Any]], bool]
    ) -> Iterator[pa.RecordBatch]:
        rows = [row for row in self.rows(table) if wanted(row)]
        if rows:
            yield pa.RecordBatch.from_pylist(rows, arrow_schema(table.columns))


def refreshed(source: Changing, root: Path, **changes: Any) -> Refreshed:
    """A refresh of the pilot ``p``."""
    options = {"limits": LIMITS, "now": NOW} | changes
    return refresh(LakeFolder(root, "p"), source, **options)


def checked(source: Changing, root: Path) -> Checked:
    """A check of it."""
    manifest = read(root / "p")
    assert manifest is not None
    return check(LakeFolder(root, "p"), manifest, source, memory_mb=200)


def killed_at(number: int, work: Callable[[Callable[[str], None]], object]) -> bool:
    """Do the work in a child that kills itself when it is told its ``number``-th step; whether it came so far."""
    child = os.fork()
    if child == 0:
        left = [number]

        def die(_step: str) -> None:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            work(die)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _line(key: int, place: int, day: date, value: str, country: str) -> dict[str, Any]:
    money = Decimal(value)
    return {
        "pilot": "p", "line_id": key * 100 + place, "declaration_id": key, "declaration": f"D{key}-1",
        "entry_number": f"{key:018}", "g_no": place + 1, "released_on": day, "declared_on": day, "agent_id": key % 3 + 1,
        "merchant_id": key % 7 + 1, "buyer_id": 9, "good_id": place, "order_id": key, "order_number": f"O{key}",
        "line_no": place + 1, "country": country, "port": "0202", "transport_mode": "2", "hs_code": "6109100000",
        "chapter": "61", "name": "T恤\"衫\"，\n一件", "unit": "件", "quantity": Decimal("10.00000"), "currency": "USD",
        "amount": money, "value_cny": money * 7, "net_weight": Decimal("1.50000"), "gross_weight": Decimal("1.75000"),
        "packages": 2,
    }  # fmt: skip


def _head(lines: list[dict[str, Any]]) -> dict[str, Any]:
    sums = ("amount", "value_cny", "net_weight", "gross_weight", "packages")
    added = {name: sum(line[name] for line in lines) for name in sums}
    kept = {column.name: lines[0].get(column.name) for column in RELEASED_DECLARATIONS.columns}
    return kept | added | {"paperless": True}


def cube_as_it_lies(state: Snapshot, name: str) -> list[dict[str, Any]]:
    """Every row of a cube, in an order of its own."""
    rows = CUBES[name].expression()
    return list(state.engine(threads=1).run(rows.order_by(rows.columns), {}).to_pylist())


def cube_by_hand(lines: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The same, added up in plain Python."""
    cube = CUBES[name]
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for each in lines:
        line = each | {"month": each["released_on"].replace(day=1), "heading": each["hs_code"][:4]}
        groups.setdefault(tuple(line[name] for name in ("pilot", "month", *cube.dimensions)), []).append(line)
    return [
        dict(zip(("pilot", "month", *cube.dimensions), key, strict=True))
        | {each: sum(line[each] for line in groups[key]) for each in cube.measures}
        | {
            "lines": len(groups[key]),
            "declarations": len({line["declaration_id"] for line in groups[key]}),
        }
        for key in sorted(groups)
    ]
