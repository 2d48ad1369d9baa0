"""Which filings an agent files: a row each. Amounts are compared with the declarations, never taken over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from youju.foundation.imports.declaring import (
    Amount,
    Batch,
    CellFinding,
    Code,
    Column,
    Effects,
    Importer,
    Text,
)
from youju.trade.exemptions import permissions, selectors, services
from youju.trade.exemptions.models import Filing

CODE = "exemptions.filings"
COLUMNS = (
    Column("number", "申报编号", Text(24), required=True, unique=True, example="MS202306-000001", help="列表导出的编号"),
    Column("month", "出口月份", Code(7, r"20\d\d-(0[1-9]|1[0-2])", "应如 2023-06"), required=True, example="2023-06"),
    Column("consignor", "经营户", Text(100), required=True, example="白沟示例箱包商行", help="只用来核对"),
    Column("amount", "出口额（元）", Amount(2, least="0"), required=True, example="8498.52",
           help="与报关单之和一分不差才能申报"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    number: str
    month: date
    consignor: str
    amount: Decimal


def _rows(batch: Batch) -> Iterator[tuple[int, _Told]]:
    for row in batch.rows:
        number, month, consignor, amount = row.values
        yield row.number, _Told(number, date.fromisoformat(f"{month}-01"), consignor, amount)


def _there(batch: Batch) -> dict[str, Filing]:
    numbers = [told.number for _, told in _rows(batch)]
    return {row.number: row for row in selectors.open_filings(batch.actor, numbers)}


def check(batch: Batch) -> Iterable[CellFinding]:
    """Numbers that cannot be filed, and figures that are not those of the declarations, each at its cell."""
    there = _there(batch)
    for number, told in _rows(batch):
        row = there.get(told.number)
        if row is None:
            yield CellFinding(number, "number", "没有这份待申报的免税申报，或者不归您的单位申报")
            continue
        if row.month != told.month:
            yield CellFinding(number, "month", f"这份申报是 {row.month:%Y-%m} 的")
        if row.consignor_name != told.consignor:
            yield CellFinding(number, "consignor", f"这份申报是“{row.consignor_name}”的")
        if row.amount_cny != told.amount:
            yield CellFinding(number, "amount", f"报关单之和是 {row.amount_cny:.2f} 元，请核对差额")


def compare(batch: Batch) -> Effects:
    """Every row files one; the token stands for what is there to file."""
    there = _there(batch)
    seen = sorted((row.number, row.state, str(row.amount_cny)) for row in there.values())
    sample = tuple(
        (number, told.number, "待申报", f"申报 {told.amount} 元") for number, told in list(_rows(batch))[:20]
    )
    token = hashlib.sha256(repr(seen).encode()).hexdigest()
    return Effects(new=0, changed=len(batch.rows), unchanged=0, token=token, sample=sample)


def store(batch: Batch) -> Mapping[str, Any]:
    """File all of them, in the commit's transaction; one that the rules stop stops all."""
    there = _there(batch)
    amounts = {told.number: told.amount for _, told in _rows(batch)}
    filed = services.file_listed(
        actor=batch.actor, rows=list(there.values()), amounts=amounts, batch=batch.id
    )
    return {"filings": filed}


FILINGS = Importer(
    code=CODE,
    title="导入免税申报",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    url="/exemptions/",
    description="一行一份待申报的免税申报，金额与报关单核对无误后整批申报。报出去的不能撤销，只能更正。",
)
