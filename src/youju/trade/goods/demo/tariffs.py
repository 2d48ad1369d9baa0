"""The demo's two tariff versions: examples in the shape of the official spreadsheet, over true six-digit codes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from youju.trade.parties.demo.tables import FOLDER, authored, rows


@dataclass(frozen=True, slots=True)
class DemoLine:
    """One ten-digit line; ``export_duty`` in per cent, ``elements`` the declaration elements in order."""

    code: str
    name: str
    unit1: str
    unit2: str
    export_duty: Decimal | None
    supervision: str
    inspection: str
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoTariff:
    """A version with all its lines, in force from a day to a day (half-open)."""

    name: str
    valid_from: date
    valid_to: date | None
    source_name: str
    source_sha256: str
    lines: dict[str, DemoLine]


@cache
def tariffs() -> tuple[DemoTariff, ...]:
    """The versions, the older one first."""
    return tuple(
        DemoTariff(
            each["name"],
            each["valid_from"],
            each["valid_to"],
            f"{each['file']}.csv",
            hashlib.sha256((FOLDER / f"{each['file']}.csv").read_bytes()).hexdigest(),
            {row["商品编码"]: _line(row) for row in rows(each["file"])},
        )
        for each in authored("tariff")["versions"]
    )


def _line(row: dict[str, str]) -> DemoLine:
    return DemoLine(
        row["商品编码"],
        row["商品名称"],
        row["法定第一单位"],
        row["法定第二单位"],
        Decimal(row["出口关税"]) if row["出口关税"] else None,
        row["监管条件"],
        row["检验检疫类别"],
        tuple(row["申报要素"].split(";")),
    )
