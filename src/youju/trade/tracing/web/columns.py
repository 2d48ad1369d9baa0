"""The lines of a chain as a table on the page, and the whole chain as rows of a file."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from youju.foundation.shell.figures import grouped
from youju.foundation.shell.listing import Column, Listing
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.trade.parties.countries import country_name
from youju.trade.tracing.selectors import ChainLine, ChainRow

_STATES = {each.code: each.label for each in DECLARATION_FLOW.states}


def plain(value: Decimal | int | None) -> str:
    """1000.00000 → 1000; 12.50000 → 12.5; blank stays blank."""
    if value is None:
        return ""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def state_words(code: str) -> str:
    """The state of a declaration in words."""
    return _STATES.get(code, code)


def _nothing(row: object) -> str:  # noqa: ARG001 - drawn from the whole row
    return ""


def _order(row: ChainLine) -> str:
    return reverse("tracing:chain", args=["order", f"{row.line.order}:{row.line.line_no}"])


def _merchant(row: ChainLine | ChainRow) -> str:
    return row.merchant[1]


def _stall(row: ChainLine | ChainRow) -> str:
    return f"{row.stall.market_name} {row.stall.number}" if row.stall else ""


def _producer(row: ChainLine | ChainRow) -> str:
    return row.good.producer if row.good else ""


def _goods(row: ChainLine) -> SafeString:
    producer = _producer(row)
    return format_html(
        '{}<br><span class="muted"><span class="code">{}</span>{}</span>',
        row.line.name, row.line.hs_code, f" {producer}" if producer else "",
    )  # fmt: skip


def _seller(row: ChainLine) -> SafeString:
    if not row.merchant[0]:
        return mark_safe("—")
    return format_html(
        '<a href="{}">{}</a><br><span class="muted">{}</span>',
        reverse("tracing:chain", args=["merchant", row.merchant[0]]), row.merchant[1], _stall(row),
    )  # fmt: skip


def _figures(row: ChainLine) -> SafeString:
    balance, unit = row.balance, row.line.unit
    told = [("成交", balance.ordered.quantity)]
    told += [("退货", balance.returned.quantity)] if balance.returned.quantity else []
    told += [("装箱", balance.packed.quantity)]
    told += [("未装", balance.left.quantity)] if balance.left.quantity else []
    told += [("报关", balance.declared.quantity)]
    parts = format_html_join(
        "", "<span>{}</span><b>{} {}</b>", ((word, grouped(plain(value)), unit) for word, value in told)
    )
    wrong = format_html_join(
        "", '<span class="badge badge-error">{}</span>', ((each.sentence,) for each in row.imbalances)
    )
    return format_html('<span class="sums">{}</span>{}', parts, wrong)


def _boxes(row: ChainLine) -> SafeString:
    parts = {part.id: part for part, _ in row.ways if part is not None}
    if not parts:
        return mark_safe('<span class="muted">未装箱</span>')
    return format_html_join(
        mark_safe("<br>"),
        '<a href="{}">{}</a> <span class="muted">{} {}</span>',
        (
            (
                reverse("tracing:chain", args=["container", f"{part.container}@{part.packing}"]),
                part.container, plain(part.quantity), row.line.unit,
            )
            for part in parts.values()
        ),
    )  # fmt: skip


def _declarations(row: ChainLine) -> SafeString:
    sources = [source for _, source in row.ways if source is not None]
    if not sources:
        return mark_safe('<span class="muted">未报关</span>')
    return format_html_join(
        mark_safe("<br>"),
        '<a href="{}">{}</a> <span class="muted">{}{}</span>',
        (
            (
                reverse("tracing:chain", args=["line", f"{source.declaration}:{source.g_no}"]),
                f"{source.declaration} 第 {source.g_no} 项",
                "归并，" if source.merged else "",
                state_words(source.state) if source.live else "不再有效",
            )
            for source in sources
        ),
    )  # fmt: skip


def _countries(row: ChainLine) -> str:
    found = {source.country for _, source in row.ways if source is not None and source.live} or {
        row.line.country
    }
    return "、".join(country_name(each, "zh") for each in sorted(found))


LINES = Listing(
    name="chain",
    title="货物",
    columns=(
        Column("order", "交易单行", value=lambda row: f"{row.line.order}/{row.line.line_no}", narrow="title", href=_order),
        Column("good", "商品（生产企业）", value=lambda row: row.line.name, draw=_goods),
        Column("merchant", "经营户（摊位）", value=_merchant, draw=_seller),
        Column("sums", "数量", value=lambda row: row.balance.ordered.quantity, draw=_figures),
        Column("box", "集装箱", value=_nothing, draw=_boxes),
        Column("declaration", "报关单", value=_nothing, draw=_declarations),
        Column("country", "运抵国（地区）", value=_countries),
    ),
    empty="没有您能看到的货物。",
)  # fmt: skip


ROWS = Listing(
    name="chain-rows",
    title="货物来源",
    export_name="货物来源",
    columns=(
        Column("order", "交易单号", value=lambda row: row.line.order),
        Column("line_no", "序号", value=lambda row: row.line.line_no, numeric=True),
        Column("ordered_on", "成交日期", value=lambda row: row.line.ordered_on),
        Column("merchant", "经营户备案号", value=lambda row: row.merchant[0]),
        Column("merchant_name", "经营户", value=_merchant),
        Column("stall", "摊位", value=_stall),
        Column("producer", "生产企业", value=_producer),
        Column("name", "品名", value=lambda row: row.line.name),
        Column("hs_code", "商品编码", value=lambda row: row.line.hs_code),
        Column("unit", "单位", value=lambda row: row.line.unit),
        Column("quantity", "成交数量", value=lambda row: row.line.quantity, numeric=True),
        Column("returned", "退货数量", value=lambda row: row.returned.quantity, numeric=True),
        Column("packages", "成交件数", value=lambda row: row.line.packages, numeric=True),
        Column("net", "成交净重（千克）", value=lambda row: row.line.net_weight, numeric=True),
        Column("currency", "币种", value=lambda row: row.line.currency),
        Column("amount", "成交总价", value=lambda row: row.line.amount, numeric=True),
        Column("consolidation", "组货单", value=lambda row: row.part.consolidation if row.part else ""),
        Column("packing", "装箱单", value=lambda row: row.part.packing if row.part else ""),
        Column("container", "箱号", value=lambda row: row.part.container if row.part else ""),
        Column("packed_on", "装箱日期", value=lambda row: row.part.packed_on if row.part else None),
        Column("bill", "提运单号", value=lambda row: row.part.bill_of_lading if row.part else ""),
        Column("packed", "装箱数量", value=lambda row: row.part.quantity if row.part else None, numeric=True),
        Column("declaration", "申报单号", value=lambda row: row.source.declaration if row.source else ""),
        Column("g_no", "项号", value=lambda row: row.source.g_no if row.source else None, numeric=True),
        Column("declared_code", "申报商品编码", value=lambda row: row.source.hs_code if row.source else ""),
        Column("merged", "归并", value=lambda row: ("是" if row.source.merged else "否") if row.source else ""),
        Column("declared", "申报数量", value=lambda row: row.source.quantity if row.source else None, numeric=True),
        Column("state", "报关状态", value=lambda row: state_words(row.source.state) if row.source else ""),
        Column("live", "有效", value=lambda row: ("是" if row.source.live else "否") if row.source else ""),
        Column("entry", "报关单号", value=lambda row: row.source.entry_number if row.source else ""),
        Column("country", "运抵国（地区）", value=lambda row: row.source.country if row.source else row.line.country),
    ),
)  # fmt: skip
