"""The documented tables of settlement: what was written off, and what of each released line was collected."""

from __future__ import annotations

from youju.analytics.tables import KEY, MONEY, PILOT, AnalyticTable, Column, register_table

_LINE = (
    Column("declaration_id", KEY, "报关单", "declaration key"),
    Column("declaration", "string", "申报单号", "our declaration number and version"),
    Column("entry_number", "string", "报关单号", "customs' declaration number"),
    Column("g_no", KEY, "项号", "line of the declaration"),
    Column("merchant_id", KEY, "委托人（经营户）", "consignor"),
    Column("agent_id", KEY, "外贸代理", "agent"),
)

COLLECTED_MONEY = register_table(
    AnalyticTable(
        name="collected_money",
        label="收汇核销：一笔收汇核销到一个商品项的一次，撤销和退汇为负数，以收汇之日计",
        label_en="Receipts written off against declared lines; undoings and refunds below zero",
        key="movement_id",
        day="moved_on",
        follows="settlement_moved",
        group="movement_id",
        sums=("collected_cny",),
        columns=(
            PILOT,
            Column("movement_id", KEY, "核销", "movement key"),
            Column("lot_id", KEY, "台账行", "ledger line key"),
            *_LINE,
            Column("kind", "string", "种类", "match, undo or refund"),
            Column("moved_on", "date", "日期", "day of the receipt, of the undoing or of the refund"),
            Column("currency", "string", "申报币种", "currency of the declaration, ISO 4217"),
            Column("amount", MONEY, "金额", "amount in the declaration's currency", "currency"),
            Column("collected_cny", MONEY, "折人民币", "CNY at the rate of the receipt's day", "CNY"),
        ),
    )
)

COLLECTABLE_LINES = register_table(
    AnalyticTable(
        name="collectable_lines",
        label="收汇台账：已放行报关单一个商品项中一个委托人的部分，已收多少、还有多少没有收",
        label_en="Released declared lines by consignor, with what was collected and what is open",
        key="lot_id",
        day="released_on",
        follows="settlement_lines",
        group="lot_id",
        sums=("value_cny", "collected_cny", "open_cny"),
        columns=(
            PILOT,
            Column("lot_id", KEY, "台账行", "ledger line key"),
            *_LINE,
            Column("released_on", "date", "放行日期", "day of release"),
            Column("currency", "string", "申报币种", "currency of the declaration, ISO 4217"),
            Column("declared", MONEY, "申报额", "declared FOB", "currency"),
            Column("collected", MONEY, "已收", "collected, refunds taken off", "currency"),
            Column("value_cny", MONEY, "申报额折人民币", "declared FOB in CNY at the customs rate", "CNY"),
            Column(
                "collected_cny", MONEY, "已收折人民币", "collected in CNY at the same customs rate", "CNY"
            ),
            Column("open_cny", MONEY, "未收折人民币", "what is left of the declared FOB", "CNY"),
        ),
    )
)
