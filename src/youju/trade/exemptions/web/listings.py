"""What the lists of this room show."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.foundation.policies import law_on
from youju.foundation.shell.listing import Column, Listing
from youju.foundation.shell.templatetags.shell import badge
from youju.rules.trade.exemptions.differences import tax_at_stake
from youju.rules.trade.exemptions.lifecycle import CERTIFICATE_STATES, FILING_STATES, MODES
from youju.trade.exemptions import addresses

FILING_TONES = {
    "accepted": "approved",
    "filed": "hint",
    "returned": "warning",
    "taxable": "error",
    "draft": "ink",
}
CERTIFICATE_TONES = {"issued": "approved", "applied": "hint", "refused": "error", "cancelled": "error"}
_SEARCH = {"type": "search"}


def filing_badge(state: str | None) -> SafeString:
    """How a filing stands, in a cell."""
    return badge(FILING_STATES[state], FILING_TONES.get(state, "plain")) if state else badge("没有", "error")


class FilingFilterForm(forms.Form):
    """What narrows filings; the names are those of ``selectors.FilingFilter``."""

    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs=_SEARCH | {"placeholder": "编号、经营户或申报方"}),
    )  # fmt: skip
    month = forms.DateField(
        label="出口月份", required=False, input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
    )  # fmt: skip
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *FILING_STATES.items()])
    only = forms.ChoiceField(
        label="只看", required=False, choices=[("", "全部"), ("queue", "待受理的"), ("late", "逾期的")]
    )


class LateFilterForm(forms.Form):
    """What narrows missed filings."""

    text = FilingFilterForm.base_fields["text"]
    month = FilingFilterForm.base_fields["month"]


class CertificateFilterForm(forms.Form):
    """What narrows certificates."""

    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs=_SEARCH | {"placeholder": "编号、企业或申报单"}),
    )  # fmt: skip
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *CERTIFICATE_STATES.items()]
    )


class InvoiceFilterForm(forms.Form):
    """What narrows invoices."""

    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs=_SEARCH | {"placeholder": "发票号码、开票方或交易单"}),
    )  # fmt: skip


class BoardFilterForm(forms.Form):
    """What narrows released lines; the names are those of ``selectors.BoardFilter``."""

    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs=_SEARCH | {"placeholder": "申报单、报关单号、交易单或品名"}),
    )  # fmt: skip
    lacks = forms.ChoiceField(
        label="只看", required=False,
        choices=[("", "全部"), ("filing", "没有申报免税的"), ("acceptance", "申报了待受理的"), ("receipt", "没有收汇的"),
                 ("invoice", "没有发票的"), ("certificate", "代理的，没有证明的")],
    )  # fmt: skip
    since = forms.DateField(label="放行自", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="放行至", required=False, widget=forms.DateInput(attrs={"type": "date"}))


_FILING = (
    Column("number", "申报编号", sort="number", narrow="title", href=lambda row: addresses.filing(str(row.pk))),
    Column("month", "出口月份", value=lambda row: f"{row.month:%Y-%m}", sort="month"),
    Column("consignor", "经营户", value="consignor_name", sort="consignor_name"),
    Column("filer", "申报方", value="filer_name", sort="filer_name", narrow="hide"),
    Column("mode", "申报方式", value=lambda row: MODES[row.mode], sort="mode", narrow="hide"),
    Column("lines", "行数", value="lines_count", sort="lines_count", numeric=True),
    Column("amount", "出口额（元）", value="amount_cny", sort="amount_cny", numeric=True),
    Column("state", "状态", value=lambda row: FILING_STATES[row.state], sort="state",
           draw=lambda row: filing_badge(row.state)),
    Column("due", "办理期限", value="due_on", sort="due_on"),
)  # fmt: skip
FILINGS = Listing(
    name="filings",
    title="免税申报",
    columns=(
        *_FILING,
        Column("filed", "申报日期", value="filed_on", sort="filed_on", narrow="hide"),
        Column("timely", "按期", value=lambda row: {True: "是", False: "否"}.get(row.on_time, ""), sort="on_time", narrow="hide"),
        Column("tax_id", "纳税人识别号", value="tax_id", sort="tax_id", narrow="hide"),
        Column("version", "版本", value="version", numeric=True, narrow="hide"),
    ),
    order="-month",
    tie=("-pk",),
    filter_form=FilingFilterForm,
    export_name="免税申报",
    parquet=True,
    empty="还没有免税申报。货物放行后的次月，平台按报关单生成待申报的草稿。",
)  # fmt: skip


def stake_of(row: Any) -> str:
    """The tax that a missed filing puts at stake by the example rate of today, CNY."""
    from django.utils import timezone

    return str(tax_at_stake(row.amount_cny, law_on(timezone.localdate())))


LATE = Listing(
    name="late",
    title="逾期未申报",
    columns=(*_FILING, Column("stake", "涉及税款（元，示例税率）", value=stake_of, numeric=True)),
    order="-month",
    tie=("-pk",),
    filter_form=LateFilterForm,
    export_name="逾期未申报",
    empty="没有逾期的免税申报。",
)
CERTIFICATES = Listing(
    name="certificates",
    title="代理出口货物证明",
    columns=(
        Column("number", "申请编号", sort="number", narrow="title", href=lambda row: addresses.certificate(str(row.pk))),
        Column("tax_number", "证明编号", value="tax_number", sort="tax_number"),
        Column("consignor", "委托方", value="consignor_name", sort="consignor_name"),
        Column("agent", "受托方", value="agent_name", sort="agent_name", narrow="hide"),
        Column("declaration", "申报单", value="declaration", sort="declaration"),
        Column("amount", "出口额（元）", value="amount_cny", sort="amount_cny", numeric=True),
        Column("state", "状态", value=lambda row: CERTIFICATE_STATES[row.state], sort="state",
               draw=lambda row: badge(CERTIFICATE_STATES[row.state], CERTIFICATE_TONES.get(row.state, "plain"))),
        Column("applied", "申请日期", value="applied_on", sort="applied_on"),
        Column("issued", "开具日期", value="issued_on", sort="issued_on", narrow="hide"),
        Column("until", "有效期至", value="valid_until", sort="valid_until", narrow="hide"),
    ),
    order="-applied",
    tie=("-pk",),
    filter_form=CertificateFilterForm,
    export_name="代理出口货物证明",
    empty="还没有代理出口货物证明。报关单放行后，由外贸代理申请。",
)  # fmt: skip
INVOICES = Listing(
    name="invoices",
    title="发票",
    columns=(
        Column("number", "发票号码", sort="number", narrow="title"),
        Column("issued", "开票日期", value="issued_on", sort="issued_on"),
        Column("consignor", "开票方", value="consignor_name", sort="consignor_name"),
        Column("order", "交易单", value="order_number", sort="order_number"),
        Column("amount", "金额（元）", value="amount", sort="amount", numeric=True),
        Column("by", "登记人", value="entered_by", narrow="hide"),
    ),
    order="-issued",
    tie=("-pk",),
    filter_form=InvoiceFilterForm,
    export_name="发票",
    empty="还没有登记发票。可以一张一张登记，也可以整份导入。",
)


def _goods(row: Any) -> SafeString:
    return format_html('<span class="goods-name">{}</span>', row.name)


BOARD = Listing(
    name="board",
    title="对账台",
    columns=(
        Column("declaration", "申报单", sort="declaration", narrow="title",
               href=lambda row: reverse("exemptions:line", args=[row.pk])),
        Column("entry", "报关单号", value="entry_number", page=False),
        Column("g_no", "项号", value="g_no", numeric=True, page=False),
        Column("released", "放行日期", value="released_on", sort="released_on"),
        Column("order", "交易单", value="order_number", sort="order_number"),
        Column("name", "品名", value="name", draw=_goods),
        Column("currency", "币种", value="currency", page=False),
        Column("amount", "总价", value="amount", sort="amount", numeric=True, page=False),
        Column("value", "报关（元）", value="value_cny", sort="value_cny", numeric=True),
        Column("filing", "免税申报", value=lambda row: FILING_STATES.get(row.filing_state or "", "没有"),
               draw=lambda row: filing_badge(row.filing_state)),
        Column("filed", "申报（元）", value="filed_cny", numeric=True, page=False),
        Column("certificate", "证明", value=lambda row: "有" if row.certificate else "", page=False),
        Column("collected", "本项已收汇（原币）", value="collected", numeric=True),
        Column("invoiced", "交易单已开票（元）", value="invoiced", numeric=True),
        Column("line", "来源行", sort="line", page=False, export=False),
    ),
    order="-line",
    tie=("pk",),
    filter_form=BoardFilterForm,
    export_name="免税对账",
    empty="还没有放行的货物。",
)  # fmt: skip
