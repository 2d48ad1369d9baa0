"""What people do with orders, as the trail says it."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb

ORDER_KIND = "orders.order"
RATE_KIND = "orders.rate"

DRAFTED = verb("orders.order.drafted", "存了草稿")
REGISTERED = verb("orders.order.registered", "登记了交易单")
CONFIRMED = verb("orders.order.confirmed", "确认了交易单")
SENT_BACK = verb("orders.order.sent_back", "退回了交易单")
CANCELLED = verb("orders.order.cancelled", "作废了交易单")
RATES_LOADED = verb("orders.rate.loaded", "录入了海关汇率")

FIELDS = {
    "kind": "种类",
    "merchant": "市场经营户",
    "agent": "外贸代理",
    "buyer": "境外采购商",
    "ordered_on": "成交日期",
    "country": "运抵国（地区）",
    "currency": "币种",
    "amount": "总价",
    "lines": "行数",
    "net_weight": "净重（千克）",
    "gross_weight": "毛重（千克）",
    "packages": "件数",
    "explained": "已说明的意见",
    "side": "哪一方",
    "state": "状态",
    "rate": "汇率",
    "month": "月份",
    "channel": "来源",
    "digest": "明细校验值",
}
"""The Chinese names of what the trail keeps of an order."""
