"""Receipts by a bank's file. A row that is there already is left as it is, so that the same file may come again.

There is no undoing: what came stands in the ledger, which is only added to. A wrong receipt is returned.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from youju.foundation.imports.declaring import (
    Amount,
    Batch,
    CellFinding,
    Choice,
    Column,
    Day,
    Effects,
    Importer,
    Text,
)
from youju.trade.settlement import permissions
from youju.trade.settlement.facts import ReceiptWish
from youju.trade.settlement.services.receiving import judged, known, same_receipt, store_receipts

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

CODE = "settlement.receipts"
CURRENCIES = (
    "USD",
    "CNY",
    "EUR",
    "GBP",
    "HKD",
    "JPY",
    "AUD",
    "CAD",
    "RUB",
    "KRW",
    "THB",
    "AED",
    "ZAR",
    "SGD",
    "INR",
)
COLUMNS = (
    Column("reference", "银行业务编号", Text(64), aliases=("业务编号", "流水号"), required=True, unique=True,
           example="BK230620000001"),
    Column("received_on", "收汇日期", Day(), aliases=("入账日期", "交易日期"), required=True, example="2023-06-20"),
    Column("currency", "币种", Choice({code: code for code in CURRENCIES}), required=True, example="USD"),
    Column("amount", "金额", Amount(2, least="0"), aliases=("收汇金额", "交易金额"), required=True, example="12500.00"),
    Column("payer_name", "付款人", Text(140), aliases=("付款人名称", "汇款人"), required=True, example="AMINA TRADING LTD"),
    Column("payer_country", "付款人国家", Text(2, r"[A-Z]{2}", "应为两个大写字母的代码"), example="KE"),
    Column("payee", "收款人备案号", Text(24), example="BG2023000001"),
    Column("hint", "报关单号", Text(40), aliases=("申报单号",), example="D230601000001"),
    Column("remark", "附言", Text(200)),
    Column("bank", "银行", Text(40), help="本行导入时不填"),
)  # fmt: skip


def _wishes(batch: Batch) -> list[ReceiptWish]:
    own = _own_bank(batch.actor)
    wishes = []
    for row in batch.rows:
        reference, received_on, currency, amount, payer, country, payee, hint, remark, bank = row.values
        wishes.append(
            ReceiptWish(
                bank=own or bank or "", reference=reference, received_on=received_on, currency=currency, amount=amount,
                payer_name=payer, payer_country=country or "", payee=payee or "", hint=hint or "", remark=remark or "",
            )
        )  # fmt: skip
    return wishes


def _own_bank(actor: User) -> str:
    return actor.organisation.code if permissions.is_bank(actor) and actor.organisation else ""


def check(batch: Batch) -> Iterable[CellFinding]:
    """What a cell alone cannot say: the bank, the rules, a reference that is used for another receipt."""
    wishes = _wishes(batch)
    there = known(wishes)
    fresh = []
    for row, wish in zip(batch.rows, wishes, strict=True):
        if wish.amount <= 0:
            yield CellFinding(row.number, "amount", "金额应大于零")
        if not wish.bank:
            yield CellFinding(row.number, "bank", "请写银行名称")
        old = there.get((wish.bank, wish.reference))
        if old is None:
            fresh.append((row, wish))
        elif not same_receipt(wish, old):
            yield CellFinding(
                row.number,
                "reference",
                f"业务编号已登记为收汇 {old.number}（{old.amount:,} {old.currency}），内容不同（SET-006）",
            )
    for (row, _), said in zip(fresh, judged(batch.actor, [wish for _, wish in fresh]), strict=True):
        if said.fault:
            yield CellFinding(row.number, said.field, str(said.fault))
        for each in said.stops:
            yield CellFinding(row.number, str(each.at.get("field") or "reference"), each.told)


def compare(batch: Batch) -> Effects:
    """New receipts, and those that are there already."""
    wishes = _wishes(batch)
    there = known(wishes)
    token = hashlib.sha256(repr(sorted(there)).encode()).hexdigest()
    return Effects(len(wishes) - len(there), 0, len(there), token)


def store(batch: Batch) -> Mapping[str, Any]:
    """Those that are not there yet, in the commit's transaction; what names its declaration is written off."""
    wishes = _wishes(batch)
    there = known(wishes)
    new = [wish for wish in wishes if (wish.bank, wish.reference) not in there]
    rows = store_receipts(actor=batch.actor, wishes=new, source="file", batch=str(batch.id)) if new else []
    return {"receipts": len(rows), "matched": sum(row.suspense <= 0 for row in rows), "known": len(there)}


RECEIPTS = Importer(
    code=CODE,
    title="导入银行收汇文件",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    url="/settlement/receipts/",
    description="一行一笔收汇。业务编号已登记而内容相同的跳过，写了报关单号并且对得上的自动核销，其余进入待核销。",
)
