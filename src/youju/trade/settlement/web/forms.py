"""Forms of settlement: what narrows the lists, a receipt by hand, what a bank asks and says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from youju.foundation.shell.fields import REQUIRED, Refusable, day, words
from youju.rules.trade.settlement.accounts import RECEIPT_STATES, RESERVATION_STATES, SOURCES
from youju.trade.settlement.facts import ConfirmWish, ReceiptWish

_ALL = [("", "全部")]
_MONEY = {"required": "这一栏必填。", "invalid": "请写数字，最多两位小数。", "min_value": "应大于零。"}


def money(label: str, *, required: bool = True, help_text: str = "") -> forms.DecimalField:
    """A field for an amount above zero."""
    return forms.DecimalField(
        label=label, max_digits=16, decimal_places=2, min_value=Decimal("0.01"), required=required, help_text=help_text,
        error_messages=_MONEY, widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )  # fmt: skip


def currency(*, required: bool = True) -> forms.RegexField:
    """A field for a currency."""
    return forms.RegexField(
        r"^[A-Za-z]{3}$", label="币种", required=required,
        error_messages={"required": "这一栏必填。", "invalid": "币种是三个字母，例如 USD。"},
        widget=forms.TextInput(attrs={"maxlength": "3", "autocapitalize": "characters"}),
    )  # fmt: skip


def _search(placeholder: str) -> forms.CharField:
    return forms.CharField(
        label="查找", required=False, max_length=50, widget=forms.TextInput(attrs={"type": "search", "placeholder": placeholder})
    )  # fmt: skip


class LotFilter(forms.Form):
    """What narrows the ledger; the names are those of ``selectors.lots``."""

    text = _search("报关单号或经营户")
    state = forms.ChoiceField(
        label="状态", required=False,
        choices=[*_ALL, ("open", "待收"), ("late", "逾期"), ("reserved", "有占用"), ("collected", "已收齐")],
    )  # fmt: skip
    currency = currency(required=False)
    since = day("放行从", required=False)
    until = day("到", required=False)


class ReceiptFilter(forms.Form):
    """What narrows the receipts."""

    text = _search("收汇编号、业务编号、付款人")
    state = forms.ChoiceField(label="状态", required=False, choices=[*_ALL, *RECEIPT_STATES.items()])
    source = forms.ChoiceField(label="来源", required=False, choices=[*_ALL, *SOURCES.items()])
    currency = currency(required=False)
    since = day("收汇从", required=False)
    until = day("到", required=False)


class ReservationFilter(forms.Form):
    """What narrows the reservations."""

    text = _search("占用编号、业务编号、报关单号")
    state = forms.ChoiceField(label="状态", required=False, choices=[*_ALL, *RESERVATION_STATES.items()])


class RateFilter(forms.Form):
    """What narrows the rates."""

    currency = currency(required=False)
    since = day("从", required=False)
    until = day("到", required=False)


class ReceiptForm(Refusable):
    """A receipt by hand, also on a phone."""

    bank = words("银行", 40, required=True, help_text="写到支行，与回单一致。")
    reference = words("银行业务编号", 64, required=True, help_text="回单上的编号；同一笔只登记一次。")
    received_on = day("收汇日期")
    currency = currency()
    amount = money("金额")
    payer_name = words("付款人", 140, required=True, help_text="与回单一字不差。")
    payer_country = forms.RegexField(r"^[A-Za-z]{2}$", label="付款人国家（地区）", required=False,
                                     error_messages={"invalid": "请写两个字母的代码，例如 KE。"})  # fmt: skip
    payee = words("收款人备案号", 24)
    hint = words("报关单号", 40, help_text="写了就自动核销；不写的进入待核销。")
    remark = words("附言", 200)
    third_party = words("第三方付款说明", 400, rows=2, help_text="付款人不是采购商的，写明代付关系。")
    picture = forms.FileField(
        label="回单照片", required=False, help_text="可以用手机拍照。",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,.pdf"}),
    )  # fmt: skip

    def wish(self) -> ReceiptWish:
        """As the services take it."""
        data = self.cleaned_data
        names = (
            "bank",
            "reference",
            "received_on",
            "amount",
            "payer_name",
            "payee",
            "hint",
            "remark",
            "third_party",
        )
        return ReceiptWish(
            currency=data["currency"].upper(),
            payer_country=data["payer_country"].upper(),
            **{name: data[name].strip() if isinstance(data[name], str) else data[name] for name in names},
        )


class LookForm(forms.Form):
    """Which line a bank asks for."""

    declaration = forms.CharField(label="报关单号", max_length=30, error_messages=REQUIRED)
    g_no = forms.IntegerField(
        label="项号", min_value=1, max_value=999, error_messages={"invalid": "请写项号，例如 1。"}
    )


class ReserveForm(forms.Form):
    """What a bank reserves."""

    line = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=9_000_000_000_000_000_000)
    amount = money("占用金额")
    hours = forms.IntegerField(label="小时", min_value=1, max_value=10_000)
    reference = words("银行业务编号", 64)


class ConfirmForm(Refusable):
    """What a bank says when it collects."""

    reference = words("银行业务编号", 64, required=True)
    received_on = day("收汇日期")
    payer_name = words("付款人", 140, required=True)
    payer_country = forms.RegexField(r"^[A-Za-z]{2}$", label="付款人国家（地区）", required=False,
                                     error_messages={"invalid": "请写两个字母的代码，例如 KE。"})  # fmt: skip
    amount = money("确认金额（申报币种）", help_text="不超过占用额，余额自动释放。")
    money = money("到账金额", required=False, help_text="与确认金额不同时填；多出的进入待核销。")
    currency = currency(required=False)
    remark = words("附言", 200)

    def wish(self) -> ConfirmWish:
        """As the services take it."""
        data = self.cleaned_data
        return ConfirmWish(
            reference=data["reference"].strip(),
            received_on=data["received_on"],
            payer_name=data["payer_name"].strip(),
            payer_country=data["payer_country"].upper(),
            amount=data["amount"],
            money=data["money"],
            currency=(data["currency"] or "").upper(),
            remark=data["remark"],
        )


class MatchForm(forms.Form):
    """To which declaration a receipt belongs."""

    declaration = forms.CharField(label="报关单号", max_length=40, error_messages=REQUIRED)
    reason = words("备注", 200)


class UndoForm(forms.Form):
    """Why a write-off is taken back."""

    movement = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=9_000_000_000_000_000_000)
    reason = words("原因", 400, required=True)


class RefundForm(UndoForm):
    """What goes back to the buyer."""

    amount = money("退汇金额（申报币种）")
    on = day("退汇日期")


class ReturnForm(forms.Form):
    """What of the money that stands nowhere goes back."""

    amount = money("退回金额")
    on = day("退回日期")
    reason = words("原因", 400, required=True)


class ExplainForm(forms.Form):
    """Why the payer is not the buyer."""

    explanation = words("说明", 400, required=True, rows=2)


def today() -> dict[str, Any]:
    """Forms begin with this day."""
    return {"received_on": timezone.localdate(), "on": timezone.localdate()}
