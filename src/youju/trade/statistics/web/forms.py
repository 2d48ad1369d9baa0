"""The filters of the statistics as a form; those without a field of their own (a code, a party) ride along hidden."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from youju.rules.trade.packing.transport import TRANSPORT_MODES
from youju.trade.statistics import selectors
from youju.trade.statistics.web.wishes import Wish

_MONTH = {
    "type": "month",
    "min": "1990-01",
    "max": "2100-12",
    "pattern": r"\d{4}-\d{2}",
    "placeholder": "2023-01",
}
_ALL = ("", "全部")


class FilterForm(forms.Form):
    """Months from and to, and the usual filters."""

    since = forms.CharField(label="从", required=False, widget=forms.TextInput(attrs=_MONTH))
    until = forms.CharField(label="到", required=False, widget=forms.TextInput(attrs=_MONTH))
    region = forms.ChoiceField(label="洲", required=False)
    country = forms.ChoiceField(label="国家（地区）", required=False)
    category = forms.ChoiceField(label="商品品类", required=False)
    chapter = forms.ChoiceField(label="章", required=False)
    transport_mode = forms.ChoiceField(label="运输方式", required=False)

    def __init__(self, wish: Wish) -> None:
        period = wish.asked.period
        super().__init__(
            initial={**wish.query, "since": f"{period.start:%Y-%m}", "until": f"{period.months[-1]:%Y-%m}"}
        )
        offered = selectors.choices(wish.asked.day)
        offered["transport_mode"] = list(TRANSPORT_MODES.items())
        for name, pairs in offered.items():
            field: Any = self.fields[name]
            now = wish.query.get(name, "")
            # What a link chose and no drop-down offers (several values) stays chosen.
            more = [(now, now.replace(",", "、"))] if now and now not in dict(pairs) else []
            field.choices = [_ALL, *pairs, *more]
        self.hidden = [
            (name, value)
            for name, value in wish.query.items()
            if name not in self.fields and name != "period"
        ]


class ConclusionForm(forms.Form):
    """How an alert was settled."""

    conclusion = forms.CharField(
        label="处理结论",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明原因和办法，记入审计。",
    )


class MonthForm(forms.Form):
    """The month of a bulletin."""

    month = forms.RegexField(
        label="月份", regex=r"^\d{4}-(0[1-9]|1[0-2])$", widget=forms.TextInput(attrs=_MONTH),
        error_messages={"invalid": "请写成 2023-06 的样子"},
    )  # fmt: skip

    def first(self) -> date:
        """Its first day."""
        return date.fromisoformat(f"{self.cleaned_data['month']}-01")
