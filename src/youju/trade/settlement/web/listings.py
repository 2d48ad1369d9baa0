"""What the lists of this room show."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from youju.foundation.shell.listing import Column, Listing
from youju.rules.trade.settlement.accounts import RECEIPT_STATES, RESERVATION_STATES, SOURCES
from youju.trade.settlement.web.forms import LotFilter, RateFilter, ReceiptFilter, ReservationFilter
from youju.trade.settlement.web.telling import (
    LINE_STATES,
    badge,
    line_state,
    receipt_state,
    reservation_state,
)


def _key(row: Any) -> str:
    return f"{row.number}-{row.version}"


LOTS = Listing(
    name="lots",
    title="核销台账",
    columns=(
        Column("declaration", "报关单", _key, sort=("number", "version", "g_no"), narrow="title",
               href=lambda row: reverse("settlement:ledger", args=[_key(row)])),
        Column("g_no", "项号", numeric=True),
        Column("entry_number", "海关编号", page=False),
        Column("name", "品名", narrow="hide"),
        Column("merchant", "经营户", value="merchant_name"),
        Column("state", "状态", lambda row: LINE_STATES[line_state(row)],
               draw=lambda row: badge(LINE_STATES[line_state(row)], line_state(row))),
        Column("currency", "币种"),
        Column("declared", "申报额", numeric=True, sort="declared"),
        Column("reserved", "占用", numeric=True, narrow="hide"),
        Column("collected", "已收", numeric=True),
        Column("available", "可收", numeric=True, sort="available"),
        Column("refunded", "退汇", numeric=True, narrow="hide", page=False),
        Column("released_on", "放行日期", sort="released_on"),
        Column("last_on", "最近收汇", sort="last_on", narrow="hide"),
    ),
    order="-released_on",
    tie=("-pk",),
    filter_form=LotFilter,
    export_name="核销台账",
    empty="还没有台账。报关单放行后自动开账。",
)  # fmt: skip

RECEIPT_COLUMNS = (
    Column("number", "收汇编号", sort="number", narrow="title",
           href=lambda row: reverse("settlement:receipt", args=[row.number])),
    Column("state", "状态", lambda row: RECEIPT_STATES[row.state], draw=lambda row: receipt_state(row.state)),
    Column("received_on", "收汇日期", sort="received_on"),
    Column("payer", "付款人", value="payer_name"),
    Column("payee", "收款人", value="payee_name", narrow="hide"),
    Column("currency", "币种"),
    Column("amount", "金额", numeric=True, sort="amount"),
    Column("suspense", "待核销", numeric=True, sort="suspense"),
    Column("amount_cny", "折人民币（元）", numeric=True, page=False),
    Column("hint", "所附报关单", narrow="hide"),
    Column("bank", "银行", page=False),
    Column("reference", "银行业务编号", page=False),
    Column("source", "来源", lambda row: SOURCES[row.source], narrow="hide"),
)  # fmt: skip
_RECEIPTS: dict[str, Any] = {
    "columns": RECEIPT_COLUMNS,
    "order": "-received_on",
    "tie": ("-pk",),
    "filter_form": ReceiptFilter,
}
RECEIPTS = Listing(name="receipts", title="收汇", export_name="收汇", empty="还没有收汇。", **_RECEIPTS)
UNMATCHED = Listing(
    name="unmatched", title="待核销", export_name="待核销", empty="没有待核销的收汇。", **_RECEIPTS
)

RESERVATIONS = Listing(
    name="reservations",
    title="银行占用",
    columns=(
        Column("number", "占用编号", sort="number", narrow="title",
               href=lambda row: reverse("settlement:reservation", args=[row.number])),
        Column("state", "状态", lambda row: RESERVATION_STATES[row.state], draw=lambda row: reservation_state(row.state)),
        Column("declaration", "报关单"),
        Column("g_no", "项号", numeric=True),
        Column("currency", "币种"),
        Column("amount", "占用额", numeric=True, sort="amount"),
        Column("confirmed", "确认额", numeric=True),
        Column("bank", "银行", value="organisation.name", narrow="hide"),
        Column("reference", "银行业务编号", narrow="hide"),
        Column("created_at", "占用时间", sort="created_at"),
        Column("expires_at", "到期时间", sort="expires_at"),
    ),
    order="-created_at",
    tie=("-pk",),
    filter_form=ReservationFilter,
    export_name="银行占用",
    empty="没有占用。银行查询商品项后可以占用。",
)  # fmt: skip

RATES = Listing(
    name="rates",
    title="当日汇率",
    columns=(
        Column("day", "日期", sort="day", narrow="title"),
        Column("currency", "币种", sort="currency"),
        Column("rate", "1 单位外币折人民币（元）", value=lambda row: row.rate.normalize(), numeric=True),
        Column("source", "来源"),
        Column("by", "录入人", value="entered_by", narrow="hide"),
    ),
    order="-day",
    tie=("currency",),
    filter_form=RateFilter,
    export_name="当日汇率",
    empty="还没有当日汇率，外币收汇不能登记。",
    next_step=("导入当日汇率", "/imports/new/settlement.rates/"),
)
