"""Monthly exports of a district under all modes of trade (全口径), as customs publishes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from youju.foundation.imports.declaring import (
    Amount,
    Batch,
    CellFinding,
    Choice,
    Column,
    Effects,
    Importer,
    Text,
)
from youju.rules.trade.statistics.modes import TRADE_MODES
from youju.trade.statistics import permissions, services

CODE = "statistics.districts"
_SAMPLE = 20
COLUMNS = (
    Column("month", "月份", Text(7, r"\d{4}-(0[1-9]|1[0-2])", "应写成 2023-06 的样子"), required=True, example="2023-06"),
    Column("district", "地区", Text(30), required=True, example="保定市", aliases=("境内货源地", "收发货人所在地")),
    Column("mode", "贸易方式", Choice(TRADE_MODES), required=True, example="一般贸易", aliases=("监管方式",)),
    Column("value_cny", "出口额（元）", Amount(2, least="0"), required=True, example="1234567890.00",
           help="人民币元，不是万元", aliases=("人民币出口额", "出口额")),
    Column("value_usd", "出口额（美元）", Amount(2, least="0"), example="175000000.00", aliases=("美元出口额",)),
    Column("source", "来源", Text(100), example="石家庄海关统计月报"),
)  # fmt: skip


def _figures(batch: Batch) -> list[services.Figure]:
    found = []
    for row in batch.rows:
        month, district, mode, cny, usd, source = row.values
        found.append(
            services.Figure(date.fromisoformat(f"{month}-01"), district.strip(), mode, cny, usd, source or "")
        )
    return found


def check(batch: Batch) -> Iterable[CellFinding]:
    """What a cell alone cannot say: no month of the future, each month, district and mode once in the file."""
    today = timezone.localdate()
    seen: dict[tuple[str, str, str], int] = {}
    for row in batch.rows:
        month, district, mode, *_ = row.values
        if month > f"{today:%Y-%m}":
            yield CellFinding(row.number, "month", "这个月还没有到")
        if (first := seen.setdefault((month, district.strip(), mode), row.number)) != row.number:
            yield CellFinding(row.number, "mode", f"第 {first} 行已有这个地区这个月这种贸易方式的数")


def compare(batch: Batch) -> Effects:
    """New and changed figures against those that stand."""
    wanted = _figures(batch)
    there = services.standing([each.key for each in wanted])
    token = hashlib.sha256(
        repr(sorted((key, row.value_cny, row.value_usd) for key, row in there.items())).encode()
    ).hexdigest()
    new, changed = 0, 0
    sample: list[tuple[int, str, str, str]] = []
    for row, each in zip(batch.rows, wanted, strict=True):
        old = there.get(each.key)
        if old is not None and (old.value_cny, old.value_usd) == (each.value_cny, each.value_usd):
            continue
        new, changed = new + (old is None), changed + (old is not None)
        if len(sample) < _SAMPLE:
            sample.append((row.number, each.name, str(old.value_cny) if old else "", str(each.value_cny)))
    return Effects(new, changed, len(wanted) - new - changed, token, tuple(sample))


def store(batch: Batch) -> Mapping[str, Any]:
    """All figures, in the commit's transaction."""
    return {"figures": services.store_figures(actor=batch.actor, rows=_figures(batch))}


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    kept = batch.kept["figures"]
    fresh = sum(1 for each in kept if each["was"] is None)
    return [
        f"删去这一批新增的 {fresh} 个统计数，恢复被替换的 {len(kept) - fresh} 个；用到它们的增长率随之改变。"
    ]


def undo(batch: Batch) -> None:
    """Put back what stood before."""
    services.restore_figures(actor=batch.actor, kept=list(batch.kept["figures"]))


DISTRICTS = Importer(
    code=CODE,
    title="导入全口径统计",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/statistics/districts/",
    description="一行一个月一个地区一种贸易方式；已有的会替换。用来算“地区出口增长率”。",
)
