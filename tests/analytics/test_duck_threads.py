"""One engine, many threads: whoever comes while it is being opened waits until all of its tables are there."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import duckdb
import pyarrow as pa

from youju.analytics.engines import duck
from youju.analytics.engines.duck import DuckEngine

TABLES = {f"t{number}": pa.table({"a": [number]}) for number in range(5)}


class Slow:
    """A connection that takes its time over each table."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def from_arrow(self, table: Any) -> Any:
        time.sleep(0.02)
        return self._connection.from_arrow(table)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def test_nobody_asks_an_engine_that_is_half_open(monkeypatch) -> None:
    opened, connect = [], duckdb.connect

    def slowly(**config: Any) -> Slow:
        opened.append(config)
        return Slow(connect(**config))

    monkeypatch.setattr(duck.duckdb, "connect", slowly)
    engine, start = DuckEngine(as_of=datetime(2024, 1, 1, tzinfo=UTC), arrow=TABLES), threading.Barrier(6)

    def ask() -> list[int]:
        start.wait(20)
        with engine._connection().cursor() as cursor:
            return [cursor.execute(f"SELECT a FROM arrow_{name}").fetchone()[0] for name in reversed(TABLES)]

    with ThreadPoolExecutor(6) as threads:
        told = [threads.submit(ask) for _ in range(6)]
        assert [each.result(20) for each in told] == [[4, 3, 2, 1, 0]] * 6
    assert len(opened) == 1
    engine.close()
