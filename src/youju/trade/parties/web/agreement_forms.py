"""What the pages of agency agreements ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from youju.rules.trade.parties.agreement_facts import (
    SIDE_NAMES,
    Collection,
    FeeKind,
    Terms,
)
from youju.trade.parties.services import AgreementRefusedError, Wording

REQUIRED = {"required": "这一栏必填。", "invalid": "请照 2026-01-31 这样填日期。"}
FEE_KINDS = [
    (FeeKind.RATE.value, "按离岸价的百分比"),
    (FeeKind.EACH.value, "每票报关单固定金额"),
    (FeeKind.NONE.value, "不收代理费"),
]
COLLECTIONS = [
    (Collection.PRINCIPAL.value, "委托方自行收汇"),
    (Collection.AGENT.value, "受托方代收，再付给委托方"),
]


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class WordingForm(forms.Form):
    """The days and terms of an agreement. The rules judge what is agreed; the form only reads it."""

    valid_from = forms.DateField(label="生效日期", error_messages=REQUIRED, widget=_day())
    valid_to = forms.DateField(
        label="到期日期", error_messages=REQUIRED, widget=_day(), help_text="这一天仍然有效。"
    )
    goods = forms.CharField(
        label="出口货物范围",
        required=False,
        max_length=500,
        help_text="写品类，例如“箱包及其辅料”。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    fee_kind = forms.ChoiceField(label="代理费", choices=FEE_KINDS)
    fee = forms.CharField(
        label="代理费数额",
        required=False,
        max_length=12,
        help_text="百分比填 0.8 这样的数，固定金额填元。",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    collection = forms.ChoiceField(label="收汇", choices=COLLECTIONS)
    settle_days = forms.IntegerField(
        label="代收后几日内付款",
        required=False,
        min_value=0,
        max_value=9999,
        help_text="只在受托方代收时填写。",
        error_messages={"invalid": "请填整数。"},
    )
    exemption = forms.ChoiceField(
        label="免税申报由谁办理", choices=[("", "请选择"), *SIDE_NAMES.items()], required=False
    )
    reports_consignor = forms.BooleanField(
        label="受托方在预缴申报时向税务机关报送实际委托出口方和出口金额",
        required=False,
        initial=True,
        help_text="自 2025 年 10 月 1 日起须约定。",
    )
    other = forms.CharField(
        label="其他约定", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    @property
    def wording(self) -> Wording:
        """What was filled in."""
        given: dict[str, Any] = self.cleaned_data
        first: date = given["valid_from"]
        terms = Terms(
            goods=given["goods"].strip(),
            fee_kind=given["fee_kind"],
            fee=given["fee"].strip(),
            collection=given["collection"],
            settle_days=given["settle_days"] if given["collection"] == Collection.AGENT else None,
            exemption=given["exemption"],
            reports_consignor=given["reports_consignor"],
            other=given["other"].strip(),
        )
        return Wording(first, given["valid_to"], terms)

    def refuse(self, error: AgreementRefusedError) -> None:
        """Put what the rules found beside the fields that it is about."""
        for finding in error.findings:
            field = str(finding.at.get("field", ""))
            self.add_error(
                field if field in self.fields else None,
                finding.told,
            )
