"""The manifest (清单): which files make up the lake, by table and month. A lake is what its manifest names, nothing else.

One JSON file, replaced as a whole after every file that it names is safe on disk. Whoever has read it has a snapshot: the
files it names never change, and stay for a grace period after a newer manifest has dropped them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from youju.analytics.durable import write_whole
from youju.analytics.lake.errors import ManifestError

NAME = "manifest.json"
FORMAT = 1
HOW = "请运行 youju lake refresh --full 从数据库重建"


@dataclass(frozen=True, slots=True)
class Piece:
    """One Parquet file.

    Args:
        file: its path below the pilot's folder.
        rows: how many.
        sums: column → the sum as text, to the last place of the column.
        sha256: of its bytes.
        size: in bytes.
        least, greatest: of the records' keys (``AnalyticTable.group``) in it; None where it has no such column.
    """

    file: str
    rows: int
    sums: Mapping[str, str]
    sha256: str
    size: int
    least: int | None = None
    greatest: int | None = None


Months = Mapping[str, tuple[Piece, ...]]
"""``2023-06`` → its files; of cubes ``2023``."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a lake holds.

    Args:
        pilot: whose lake.
        version: grows with every change of the content.
        mark: the transaction from which the next refresh reads the log of changes (``pg_snapshot_xmin``).
        database: which database the mark belongs to.
        snapshot: which transactions were seen (``pg_snapshot``): of what the log has from the mark on, some was.
        as_of: when the rows were true.
        tables: table → months → files.
        cubes: cube → years → files.
        shapes: table or cube → sha256 of its columns, so that a changed definition is noticed.
        retired: file → when it left the manifest (ISO); it is removed after the grace period.
    """

    pilot: str
    version: int = 0
    mark: int = 0
    database: str = ""
    as_of: datetime | None = None
    tables: Mapping[str, Months] = field(default_factory=dict)
    cubes: Mapping[str, Months] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)
    snapshot: str = ""

    def pieces(self) -> Iterator[tuple[str, str, Piece]]:
        """Table or cube, month (of cubes the year), file: all of them."""
        for group in (self.tables, self.cubes):
            for name, months in group.items():
                for month, pieces in months.items():
                    for piece in pieces:
                        yield name, month, piece

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(piece.rows for name, _, piece in self.pieces() if name in self.tables)

    def write(self, folder: Path) -> None:
        """Put it in the place of the older one, as a whole."""
        told = asdict(self) | {"as_of": self.as_of.isoformat() if self.as_of else None, "format": FORMAT}
        content = json.dumps(told | {"check": _check(told)}, ensure_ascii=False, indent=1).encode()
        write_whole(folder / NAME, content, beside=folder / f".tmp-{NAME}")

    def changed(self, **changes: Any) -> Manifest:
        """With some fields changed."""
        return replace(self, **changes)


def read(folder: Path) -> Manifest | None:
    """The manifest of a pilot's folder; none where no lake was written yet.

    Raises:
        ManifestError: it is damaged, or written by a newer program.
    """
    path = folder / NAME
    try:
        told: dict[str, Any] = json.loads(path.read_bytes())
        check = told.pop("check")
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise ManifestError(f"数据湖的清单 {path} 已损坏", how=HOW) from error
    if told.get("format") != FORMAT:
        raise ManifestError(f"数据湖的清单 {path} 是另一版程序写的", how=HOW)
    if check != _check(told):
        raise ManifestError(f"数据湖的清单 {path} 与它的校验值不符", how=HOW)
    del told["format"]
    as_of = told.pop("as_of")
    return Manifest(
        **told
        | {"as_of": datetime.fromisoformat(as_of) if as_of else None}
        | {group: _months(told[group]) for group in ("tables", "cubes")}
    )


def totals(pieces: tuple[Piece, ...]) -> tuple[int, dict[str, Decimal]]:
    """Rows and sums of several files together."""
    sums: dict[str, Decimal] = {}
    for piece in pieces:
        for name, value in piece.sums.items():
            sums[name] = sums.get(name, Decimal(0)) + Decimal(value)
    return sum(piece.rows for piece in pieces), sums


def month_of(day: date) -> str:
    """``2023-06``."""
    return f"{day:%Y-%m}"


def _months(told: Mapping[str, Mapping[str, list[Any]]]) -> dict[str, Months]:
    return {
        name: {month: tuple(Piece(**piece) for piece in pieces) for month, pieces in months.items()}
        for name, months in told.items()
    }


def _check(told: Mapping[str, Any]) -> str:
    # As JSON gives it back, so that tuples and lists are the same.
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
