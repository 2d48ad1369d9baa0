"""The rates of days by spreadsheet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from youju.foundation.imports.declaring import (
    Amount,
    Batch,
    CellFinding,
    Column,
    Day,
    Effects,
    Importer,
    Text,
)
from youju.trade.settlement import permissions, services
from youju.trade.settlement.models import Rate

CODE = "settlement.rates"
COLUMNS = (
    Column("day", "日期", Day(), required=True, example="2023-06-20"),
    Column("currency", "币种", Text(3, r"[A-Z]{3}", "应为三个大写字母的币种代码"), required=True, example="USD"),
    Column("rate", "汇率", Amount(8, least="0"), required=True, example="7.15960000", help="1 单位外币折合人民币"),
    Column("source", "来源", Text(100), example="中国外汇交易中心公布的中间价"),
)  # fmt: skip


def _rates(batch: Batch) -> list[services.DayRate]:
    return [
        services.DayRate(day, currency, rate, source or "")
        for day, currency, rate, source in (row.values for row in batch.rows)
    ]


def check(batch: Batch) -> Iterable[CellFinding]:
    """What a cell alone cannot say: above zero, once in the file, CNY has no rate."""
    seen: dict[tuple[object, str], int] = {}
    for row in batch.rows:
        day, currency, rate, _ = row.values
        if rate <= 0:
            yield CellFinding(row.number, "rate", "汇率应大于零")
        if currency == "CNY" and rate != Decimal(1):
            yield CellFinding(row.number, "rate", "人民币的汇率是 1")
        if (first := seen.setdefault((day, currency), row.number)) != row.number:
            yield CellFinding(row.number, "currency", f"第 {first} 行已有这天这种货币的汇率")


def compare(batch: Batch) -> Effects:
    """New and changed rates against those that stand."""
    wanted = _rates(batch)
    there = {
        (row.day, row.currency): row.rate
        for row in Rate.objects.filter(day__in={each.day for each in wanted})
    }
    token = hashlib.sha256(repr(sorted(there.items())).encode()).hexdigest()
    new = sum((each.day, each.currency) not in there for each in wanted)
    changed = [
        (row.number, each.key, str(there[each.day, each.currency]), str(each.rate))
        for row, each in zip(batch.rows, wanted, strict=True)
        if (each.day, each.currency) in there and there[each.day, each.currency] != each.rate
    ]
    return Effects(new, len(changed), len(wanted) - new - len(changed), token, tuple(changed[:20]))


def store(batch: Batch) -> Mapping[str, Any]:
    """All rates, in the commit's transaction."""
    return {"rates": services.store_rates(actor=batch.actor, rows=_rates(batch))}


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    return [f"恢复这一批以前的 {len(batch.kept['rates'])} 个汇率；原来没有的删去。已登记的收汇不变。"]


def undo(batch: Batch) -> None:
    """Put back what stood before."""
    services.restore_rates(actor=batch.actor, kept=list(batch.kept["rates"]))


RATES = Importer(
    code=CODE,
    title="导入当日汇率",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/settlement/rates/",
    description="一行一天一种货币；同日同币种已有的会替换，已登记的收汇不变。",
)
