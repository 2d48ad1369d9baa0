"""Forms of the exchange: what customs did, a corrected number, the filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms

from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.trade.declarations.selectors.exchange import STATES, WAYS

_MOMENT = {"type": "datetime-local"}


class CustomsForm(forms.Form):
    """One step of customs; the steps offered are those that lead on from where the declaration stands."""

    step = forms.ChoiceField(label="办理结果")
    entry_number = forms.CharField(
        label="报关单号", max_length=18, required=False, help_text="受理时填，18 位数字。"
    )
    reason = forms.CharField(
        label="原因或说明",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="退单时必须写明海关的原因。",
    )
    at = forms.DateTimeField(
        label="海关办理时间",
        required=False,
        widget=forms.DateTimeInput(attrs=_MOMENT, format="%Y-%m-%dT%H:%M"),
        help_text="不填就是现在。",
    )
    revision = forms.IntegerField(min_value=0, max_value=999_999_999, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            (each.code, each.label) for each in DECLARATION_FLOW.transitions if each.outside
        ]

    def offering(self, steps: Any) -> CustomsForm:
        """The form with the given steps alone: code and label."""
        self.fields["step"].choices = [(code, label) for code, label, _ in steps]  # type: ignore[attr-defined]
        if not any(code == "accept" for code, _, _ in steps):
            del self.fields["entry_number"]
        return self


class EntryForm(forms.Form):
    """A corrected customs number and why."""

    entry_number = forms.CharField(label="正确的报关单号", max_length=18, help_text="18 位数字。")
    reason = forms.CharField(label="理由", max_length=500)
    revision = forms.IntegerField(min_value=0, max_value=999_999_999, widget=forms.HiddenInput)


class MessageFilter(forms.Form):
    """What narrows the list of messages."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "申报单号、报关单号或文件名"}),
    )
    way = forms.ChoiceField(label="方向", required=False, choices=[("", "全部"), *WAYS.items()])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    problems = forms.BooleanField(label="要处理的", required=False)
