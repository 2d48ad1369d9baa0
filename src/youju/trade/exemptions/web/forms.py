"""Forms of this room."""

from __future__ import annotations

from django import forms

from youju.foundation.shell.fields import REQUIRED, Refusable, day, words


class ApplyForm(Refusable):
    """An application for a certificate."""

    declaration = words(
        "申报单或报关单号",
        40,
        required=True,
        help_text="放行的报关单，例如 SB20230701000012-1",
    )
    consignor = words("委托方备案号", 20, required=True, help_text="货主（经营户）的主体备案号")


class InvoiceForm(Refusable):
    """An ordinary VAT invoice."""

    number = forms.RegexField(
        r"^[0-9]{8,20}$", label="发票号码", error_messages=REQUIRED | {"invalid": "应为 8 至 20 位数字。"}
    )
    issued_on = day("开票日期")
    amount = forms.DecimalField(
        label="金额（元）", min_value=0, max_digits=16, decimal_places=2, error_messages=REQUIRED
    )
    consignor = words("经营户备案号", 20, required=True)
    order_number = words("交易单", 32, required=True)
