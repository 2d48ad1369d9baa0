"""The demo year into files, streamed: one file a table, CSV or NDJSON; no database."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from youju.foundation.kernel.errors import InputError, reason_of
from youju.trade.declarations.demo import tables
from youju.trade.declarations.demo.year import year
from youju.trade.orders.demo.partners import Partners
from youju.trade.orders.demo.planning import YearPlan

Progress = Callable[[int, int], None]
_EVERY = 25


class Form(StrEnum):
    """How a table is written; an empty cell of a CSV is an unknown value."""

    CSV = "csv"
    NDJSON = "ndjson"


def generate(
    plan: YearPlan, folder: Path, form: Form = Form.CSV, progress: Progress | None = None
) -> dict[str, int]:
    """Write the year; rows by table.

    Raises:
        InputError: the folder holds files, or cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise InputError("文件夹里已有文件", where=str(folder), how="请给一个空的或新的文件夹")
        with ExitStack() as stack:
            sinks = {
                name: _Sink(
                    stack.enter_context((folder / f"{name}.{form}").open("w", encoding="utf-8", newline="")),
                    form,
                )
                for name in ("rates", *tables.TABLES)
            }
            _fill(plan, sinks, progress)
    except OSError as error:
        raise InputError(
            f"写不进去（{reason_of(error)}）", where=str(folder), how="请换一个能写的文件夹，并看磁盘是否已满"
        ) from error
    return {name: sink.count for name, sink in sinks.items()}


def _fill(plan: YearPlan, sinks: dict[str, _Sink], progress: Progress | None) -> None:
    partners = Partners(plan.parties)
    sinks["rates"].take(tables.rates(partners))
    count = plan.batches + plan.recent
    for done, filing in enumerate(year(plan, partners), 1):
        for name, rows in tables.TABLES.items():
            sinks[name].take(rows(filing, partners))
        if progress and (done % _EVERY == 0 or done == count) and done <= count:
            progress(done, count)


class _Sink:
    """One file that takes rows as they come."""

    def __init__(self, file: IO[str], form: Form) -> None:
        self.count = 0
        self._file, self._form = file, form
        self._writer: csv.DictWriter[str] | None = None

    def take(self, rows: Iterable[tables.Row]) -> None:
        """Write some rows."""
        for row in rows:
            self.count += 1
            if self._form is Form.NDJSON:
                self._file.write(
                    json.dumps({k: _plain(v) for k, v in row.items()}, ensure_ascii=False) + "\n"
                )
                continue
            if self._writer is None:
                self._writer = csv.DictWriter(self._file, list(row), lineterminator="\n")
                self._writer.writeheader()
            self._writer.writerow({key: _cell(value) for key, value in row.items()})


def _plain(value: Any) -> Any:
    """Decimals as text, so that no digit is lost; days and times by ISO 8601."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date | datetime) else value


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else _plain(value)
