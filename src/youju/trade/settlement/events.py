"""What people do in this room, as the trail says it."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb

RECEIPT_KIND = "settlement.receipt"
RESERVATION_KIND = "settlement.reservation"
LEDGER_KIND = "settlement.ledger"
RATE_KIND = "settlement.rate"

RECORDED = verb("settlement.receipt.recorded", "登记了收汇")
MATCHED = verb("settlement.receipt.matched", "核销了收汇")
UNDONE = verb("settlement.receipt.undone", "撤销了核销")
REFUNDED = verb("settlement.receipt.refunded", "登记了退汇")
RETURNED = verb("settlement.receipt.returned", "退回了待核销款")
EXPLAINED = verb("settlement.receipt.explained", "说明了收汇")
RESERVED = verb("settlement.reservation.made", "占用了可收额度")
CONFIRMED = verb("settlement.reservation.confirmed", "确认了收汇")
RELEASED = verb("settlement.reservation.released", "释放了占用")
EXPIRED = verb("settlement.reservation.expired", "占用到期释放")
REVERSED = verb("settlement.ledger.reversed", "冲销了报关单的核销台账")
RATES_LOADED = verb("settlement.rate.loaded", "录入了当日汇率")
DEMO_LOADED = verb("settlement.ledger.demo", "载入了示例收汇")

FIELDS = {
    "bank": "银行",
    "reference": "银行业务编号",
    "source": "来源",
    "received_on": "收汇日期",
    "currency": "币种",
    "amount": "金额",
    "amount_cny": "折人民币",
    "money": "金额（收汇币种）",
    "payer": "付款人",
    "payee": "收款人",
    "hint": "所附报关单",
    "line": "报关单商品项",
    "lines": "商品项数",
    "declaration": "报关单",
    "explanation": "说明",
    "rule": "规则",
    "rate": "汇率",
    "receipt": "收汇",
    "receipts": "收汇笔数",
    "movements": "核销笔数",
    "expires_at": "到期时间",
    "picture": "回单照片",
}
"""The Chinese names of what the trail keeps of this room."""
