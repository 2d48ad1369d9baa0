"""The customs rates of months by spreadsheet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from youju.foundation.imports.declaring import Amount, Batch, CellFinding, Column, Effects, Importer, Text
from youju.trade.orders import permissions, services
from youju.trade.orders.models import Rate

CODE = "orders.rates"
COLUMNS = (
    Column("month", "月份", Text(7, r"\d{4}-(0[1-9]|1[0-2])", "应写成 2023-06 的样子"), required=True, example="2023-06"),
    Column("currency", "币种", Text(3, r"[A-Z]{3}", "应为三个大写字母的币种代码"), required=True, example="USD"),
    Column("rate", "汇率", Amount(8, least="0"), required=True, example="7.08210000", help="1 单位外币折合人民币"),
    Column("source", "来源", Text(100), example="海关总署公布"),
)  # fmt: skip


def _rates(batch: Batch) -> list[services.MonthRate]:
    found = []
    for row in batch.rows:
        month, currency, rate, source = row.values
        found.append(services.MonthRate(date.fromisoformat(f"{month}-01"), currency, rate, source or ""))
    return found


def check(batch: Batch) -> Iterable[CellFinding]:
    """What a cell alone cannot say: above zero, once in the file, CNY has no rate."""
    seen: dict[tuple[str, str], int] = {}
    for row in batch.rows:
        month, currency, rate, _ = row.values
        if rate <= 0:
            yield CellFinding(row.number, "rate", "汇率应大于零")
        if currency == "CNY" and rate != Decimal(1):
            yield CellFinding(row.number, "rate", "人民币的汇率是 1")
        if (first := seen.setdefault((month, currency), row.number)) != row.number:
            yield CellFinding(row.number, "currency", f"第 {first} 行已有这个月这种货币的汇率")


def compare(batch: Batch) -> Effects:
    """New and changed rates against those that stand."""
    wanted = _rates(batch)
    months = {each.month for each in wanted}
    there = {(row.month, row.currency): row.rate for row in Rate.objects.filter(month__in=months)}
    token = hashlib.sha256(repr(sorted(there.items())).encode()).hexdigest()
    new = [each for each in wanted if (each.month, each.currency) not in there]
    changed = [
        each for each in wanted
        if (each.month, each.currency) in there and there[each.month, each.currency] != each.rate
    ]  # fmt: skip
    sample = [
        (row.number, each.key, str(there.get((each.month, each.currency), "")), str(each.rate))
        for row, each in zip(batch.rows, wanted, strict=True)
        if there.get((each.month, each.currency)) != each.rate
    ][:20]
    return Effects(len(new), len(changed), 0, token, tuple(sample))


def store(batch: Batch) -> Mapping[str, Any]:
    """All rates, in the commit's transaction."""
    return {"rates": services.store_rates(actor=batch.actor, rows=_rates(batch))}


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    return [f"恢复这一批以前的 {len(batch.kept['rates'])} 个汇率；原来没有的删去。已登记的交易单不变。"]


def undo(batch: Batch) -> None:
    """Put back what stood before."""
    services.restore_rates(actor=batch.actor, kept=list(batch.kept["rates"]))


RATES = Importer(
    code=CODE,
    title="导入海关汇率",
    permission=permissions.RATES.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/orders/rates/",
    description="一行一个月一种货币；同月同币种已有的会替换，已登记的交易单不变。",
)
