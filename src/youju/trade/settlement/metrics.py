"""What this room gives to analytics: money collected, and how much of what was released has been collected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis.expr.types as ir

from youju.analytics.combining import share, total
from youju.analytics.metrics import Direction, Metric, behind, register_metric
from youju.analytics.scopes import Scope
from youju.analytics.tables_settlement import COLLECTABLE_LINES, COLLECTED_MONEY
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.trade.settlement import addresses

MOVEMENT, LINE = "settlement.movement", "settlement.line"
_BASIS, _OWNER = "house-settlement#ledger", "外贸服务科"


def moved_rows(scope: Scope) -> ir.Table:
    """Each write-off of the period, and what was undone or refunded in it, below zero."""
    rows = scope.rows("collected_money")
    return behind(
        rows,
        part="collected",
        kind=MOVEMENT,
        row=rows.movement_id,
        number=rows.declaration,
        value=rows.collected_cny,
    )


def line_rows(scope: Scope) -> ir.Table:
    """Each line released in the period: what was collected of it by now, and what is open."""
    rows = scope.rows("collectable_lines")
    taken, left = rows.filter(rows.collected_cny > 0), rows.filter(rows.open_cny > 0)
    return behind(
        taken,
        part="collected",
        kind=LINE,
        row=taken.lot_id,
        number=taken.declaration,
        value=taken.collected_cny,
    ).union(
        behind(left, part="open", kind=LINE, row=left.lot_id, number=left.declaration, value=left.open_cny)
    )


COLLECTED = Metric(
    code="settlement.collected_cny",
    label="收汇额",
    label_en="Money collected",
    unit="CNY",
    grain="核销",
    direction=Direction.HIGHER,
    owner=_OWNER,
    basis=_BASIS,
    definition="期间内核销到报关单的收汇，按收汇当日汇率折人民币，减去期间内撤销和退汇的；待核销的不计。",
    definition_en="Receipts written off against declarations in CNY at the day's rate, less what was undone or refunded.",
    tables=("collected_money",),
    rows=moved_rows,
    combination=total("collected", "收汇"),
    example={"collected": "125000.50"},
    part_labels={"collected": "收汇核销"},
)

COLLECTED_RATE = Metric(
    code="settlement.collected_rate",
    label="收汇率",
    label_en="Share of released value collected",
    unit="%",
    grain="商品项",
    direction=Direction.HIGHER,
    owner=_OWNER,
    basis=_BASIS,
    definition="期间内放行的申报额中到计算时已经收汇的比例；两边都按报关单的海关汇率折人民币，退汇的不算已收。",
    definition_en="Share of the declared value released in the period that has been collected by now, both at the customs rate.",
    tables=("collectable_lines",),
    rows=line_rows,
    combination=share("collected", "open", label="已收", whole_label="放行的申报额"),
    example={"collected": "940000", "open": "60000"},
    part_labels={"collected": "已收", "open": "未收"},
)


def link_ledgers(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """To the ledger of the declaration, which the number names; nothing is looked up."""
    return [Link(str(row["number"]), addresses.ledger(str(row["number"])) or "") for row in rows]


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(COLLECTED_MONEY, "settlement_moved")
    register_source(COLLECTABLE_LINES, "settlement_lines")
    register_row_kind(MOVEMENT, "收汇核销", link_ledgers)
    register_row_kind(LINE, "收汇台账行", link_ledgers)
    register_metric(COLLECTED)
    register_metric(COLLECTED_RATE)
