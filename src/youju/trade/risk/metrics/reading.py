"""The tables of the scan out of PostgreSQL: by COPY over the views of the rooms that own the records, in the asker's reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection

from youju.analytics.risk.tables import TABLES
from youju.foundation.kernel import places
from youju.foundation.policies import law_on
from youju.rules.law import table

Rows = Callable[[date, date], Iterable[Sequence[Any]]]
"""(since, until) → rows in the order of the table's columns."""
_ROWS: dict[str, dict[str, Rows]] = {}
_WINDOWED = {"lines": "ordered_on", "declared": "declared_on", "shares": "declared_on", "heads": "declared_on",
             "loads": "packed_on"}  # fmt: skip
_VIEWS = {
    "lines": "orders_scanned_lines",
    "heads": "declarations_scanned_heads",
    "declared": "declarations_scanned_lines",
    "shares": "declarations_scanned_shares",
    "loads": "packing_scanned_loads",
    "parties": "parties_scanned",
    "ties": "parties_shared_marks",
    "receipts": "settlement_scanned_receipts",
}
_CODES = """
SELECT hs_code, valid_from, valid_to, what FROM (
  SELECT hs_code, valid_from, valid_to,
         CASE WHEN supervision ~ '[{bans}]' OR hs_code ~ '^({prefixes})' THEN 'banned' WHEN duty THEN 'duty'
              WHEN inspection THEN 'inspection' END AS what
  FROM goods_controlled_codes) coded WHERE what IS NOT NULL
"""


def register_rows(table_name: str, code: str, rows: Rows) -> None:
    """Give the scan rows that this room cannot read: of rooms above or beside it (claims, receipts, further ties).

    Call it in ``AppConfig.ready``. A table that nobody gives (``claims``) is absent, and the scan skips its rules.

    Args:
        table_name: of ``youju.analytics.risk.tables``.
        code: ``room.thing``; a second one of the code replaces the first.
        rows: asked with the window, as the system, reaching every row.
    """
    if table_name not in TABLES:
        raise ValueError(f"the scan has no table {table_name}")
    _ROWS.setdefault(table_name, {})[code] = rows


@contextmanager
def copied(since: date, until: date, names: Iterable[str] | None = None) -> Iterator[dict[str, Path]]:
    """CSV files of the tables of a window (half open), gone when the block ends.

    Args:
        since: the first day of what is read; longer than what is judged, where peers and histories are wanted.
        until: the day after the last.
        names: which tables; all of them, unless said.
    """
    wanted = set(names if names is not None else TABLES)
    below = places.var() / "tmp"
    below.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=below, prefix="risk-") as folder:
        files: dict[str, Path] = {}
        for name in TABLES:
            given = _ROWS.get(name, {})
            if name in wanted and (name in _VIEWS or name == "codes" or given):
                files[name] = Path(folder) / f"{name}.csv"
                _write(files[name], name, since, until)
        yield files


def _write(path: Path, name: str, since: date, until: date) -> None:
    with path.open("wb") as file:
        if name in _VIEWS or name == "codes":
            connection.ensure_connection()
            statement = _select(name, since, until)
            with (
                connection.cursor() as cursor,
                cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)") as copy,
            ):
                for piece in copy:
                    file.write(piece)
    more = _ROWS.get(name, {})
    if more:
        with path.open("a", encoding="utf-8") as text:
            for rows in more.values():
                text.writelines(",".join(map(_cell, row)) + "\n" for row in rows(since, until))


def _cell(value: Any) -> str:
    """As COPY writes it: an empty text in quotation marks, nothing at all for what is missing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return str(value).lower() if isinstance(value, bool) else str(value)


def _select(name: str, since: date, until: date) -> str:
    if name == "codes":
        law = law_on(until)
        kinds = table(law, "customs.supervision_conditions")
        bans = "".join(code for code, each in kinds.items() if _effect(each) == "ban" and code.isalnum())
        prefixes = "|".join(code for code in table(law, "customs.banned_exports") if code.isdecimal())
        return _CODES.format(bans=bans or " ", prefixes=prefixes or "x")
    columns = ", ".join(f'"{column}"' for column in TABLES[name].types)
    day = _WINDOWED.get(name)
    # Days are ours, written by ``isoformat``: COPY takes no parameters.
    where = f" WHERE {day} >= '{since.isoformat()}' AND {day} < '{until.isoformat()}'" if day else ""
    return f"SELECT {columns} FROM {_VIEWS[name]}{where}"  # noqa: S608 - names and days of ours


def _effect(value: Any) -> str:
    return str(value.get("effect", ""))
