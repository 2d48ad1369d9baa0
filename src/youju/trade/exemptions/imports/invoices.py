"""Ordinary VAT invoices: a row an invoice."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from youju.foundation.imports.declaring import (
    Amount,
    Batch,
    CellFinding,
    Code,
    Column,
    Day,
    Effects,
    Importer,
    Text,
)
from youju.foundation.policies import law_on
from youju.rules.findings import Severity
from youju.rules.trade.exemptions.judging import judge
from youju.trade.exemptions import permissions, services
from youju.trade.exemptions.services import InvoiceWish

CODE = "exemptions.invoices"
COLUMNS = (
    Column("number", "发票号码", Code(20, r"[0-9]{8,20}", "应为 8 至 20 位数字"), required=True, unique=True,
           example="24132000000012345678"),
    Column("issued_on", "开票日期", Day(), required=True, example="2023-07-05"),
    Column("amount", "金额（元）", Amount(2, least="0.01"), required=True, example="8498.52", aliases=("价税合计", "金额")),
    Column("consignor", "经营户备案号", Text(20), required=True, example="SC2023000001", aliases=("备案号", "开票方备案号")),
    Column("order_number", "交易单", Text(32), required=True, example="JY20230601000001", aliases=("交易单号",)),
)  # fmt: skip


def _wishes(batch: Batch) -> Iterator[tuple[int, InvoiceWish]]:
    names = [column.code for column in COLUMNS]
    for row in batch.rows:
        yield row.number, InvoiceWish(**dict(zip(names, row.values, strict=True)))


def check(batch: Batch) -> Iterable[CellFinding]:
    """Merchants that are not on file, and the rules EXM-015 and EXM-016, each at its cell."""
    wishes = list(_wishes(batch))
    around = services.surroundings([wish for _, wish in wishes])
    today = timezone.localdate()
    law, before = law_on(today), defaultdict[tuple[str, str], Decimal](Decimal)
    for number, wish in wishes:
        if wish.consignor not in around.parties:
            yield CellFinding(number, "consignor", "没有这个备案号")
            continue
        key = (wish.order_number, wish.consignor)
        for finding in judge(around.facts(wish, today, before[key]), law):
            severity = "error" if finding.severity is Severity.ERROR else "warning"
            yield CellFinding(number, str(finding.at.get("field") or ""), finding.told, severity)
        before[key] += wish.amount


def compare(batch: Batch) -> Effects:
    """Every row is new; the token stands for what they are judged against."""
    wishes = list(_wishes(batch))
    around = services.surroundings([wish for _, wish in wishes])
    seen = (sorted(around.known), sorted(around.declared.items()), sorted(around.invoiced.items()))
    sample = tuple(
        (number, wish.number, "", f"{wish.order_number}，{wish.amount} 元") for number, wish in wishes[:20]
    )
    return Effects(
        new=len(wishes),
        changed=0,
        unchanged=0,
        token=hashlib.sha256(repr(seen).encode()).hexdigest(),
        sample=sample,
    )


def store(batch: Batch) -> Mapping[str, Any]:
    """All of them, in the commit's transaction."""
    wishes = [wish for _, wish in _wishes(batch)]
    return {"invoices": len(services.store(actor=batch.actor, batch=batch.id, wishes=wishes))}


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    return [f"删去这一批登记的 {batch.kept['invoices']} 张发票。"]


def undo(batch: Batch) -> None:
    """Take all of them away."""
    services.remove_batch(batch=batch.id)


INVOICES = Importer(
    code=CODE,
    title="导入发票",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/exemptions/invoices/",
    description="一行一张增值税普通发票，写明开票的经营户和交易单；金额是人民币。",
)
