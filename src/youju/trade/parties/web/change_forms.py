"""What the pages of changes ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from youju.rules.trade.parties.changes import FIELDS, IDENTIFIERS, KINDS
from youju.rules.trade.parties.lifecycle import CHANGE_FLOW
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.selectors import ChangeStart

_LONG = {"scope": 3, "address": 2}
SPLIT = "，、;；, \t\n"


class ChangeFilter(forms.Form):
    """What narrows the list of requests."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "主体名称、备案号"}),
    )
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *((s.code, s.label) for s in CHANGE_FLOW.states)]
    )
    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "全部"), *KINDS.items()])


class ReminderFilter(forms.Form):
    """What narrows the list of reminders."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "主体名称、备案号"}),
    )
    only = forms.ChoiceField(
        label="时间", required=False, choices=[("", "全部"), ("ended", "已到期"), ("soon", "快到期")]
    )
    kind = forms.ChoiceField(
        label="种类", required=False, choices=[("", "全部"), ("filing", "备案"), ("paper", "材料")]
    )


class ChangeForm(forms.Form):
    """Every field of a filing that may be changed, as it is now; numbers are typed anew or left blank."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, start: ChangeStart, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"initial": {"revision": start.party.revision}}))
        for name, label in FIELDS.items():
            self.fields[name] = _field(name, label, start.values[name])
        for name, label in IDENTIFIERS.items():
            now = start.numbers[name]
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=40,
                help_text=f"现为 {now}，不改请留空。" if now else "没有登记，不需要请留空。",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        self.fields["reason"] = forms.CharField(
            label="变更理由",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": "请写明为什么变更，例如 搬到新摊位。"},
        )

    def values(self) -> dict[str, Any]:
        """The typed values by field of the filing."""
        found = {name: self.cleaned_data[name] for name in FIELDS}
        for sign in SPLIT:
            found["chapters"] = found["chapters"].replace(sign, " ")
        return found | {"chapters": found["chapters"].split()}

    def numbers(self) -> dict[str, str]:
        """The typed numbers; blank where they stay."""
        return {name: self.cleaned_data[name] for name in IDENTIFIERS}


class RenewForm(forms.Form):
    """Prolonging asks for little."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="说明",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="可以不填。",
    )


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由，对方会看到，也留在记录里。"},
    )


def _field(name: str, label: str, value: Any) -> forms.Field:
    if name == "roles":
        choices = [(role.value, role.label) for role in PartyRole]
        return forms.MultipleChoiceField(
            label=label, choices=choices, initial=value, widget=forms.CheckboxSelectMultiple, required=False
        )
    if name == "chapters":
        return forms.CharField(
            label=label,
            required=False,
            max_length=400,
            initial="、".join(value),
            help_text="两位章号，用顿号分开，例如 42、64。",
        )
    widget = forms.Textarea(attrs={"rows": _LONG[name]}) if name in _LONG else forms.TextInput()
    return forms.CharField(
        label=label, required=False, max_length=2000, initial="" if value is None else value, widget=widget
    )
