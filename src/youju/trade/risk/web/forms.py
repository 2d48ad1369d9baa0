"""Forms of the room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from youju.foundation.shell.fields import REQUIRED, day, words
from youju.rules.trade.risk.judging import LANES
from youju.rules.trade.risk.lifecycle import CONCLUSIONS, STATES
from youju.trade.risk.selectors import rule_choices

_MONTH = {"type": "month"}


def _filled(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field: Any = form.fields[name]
    field.choices = choices


class HitFilter(forms.Form):
    """Words, rule, state, conclusion, record, days, mine."""

    q = words("查找", 60)
    rule = forms.ChoiceField(label="规则", required=False)
    state = forms.ChoiceField(label="状态", required=False)
    conclusion = forms.ChoiceField(label="结论", required=False)
    place = words("单证号", 40)
    since = day("业务日期自", required=False)
    until = day("至", required=False)
    mine = forms.BooleanField(label="分派给我的", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _filled(self, "rule", [("", "全部"), *rule_choices()])
        _filled(self, "state", [("", "全部"), ("open", "未办结"), *STATES.items()])
        _filled(self, "conclusion", [("", "全部"), *CONCLUSIONS.items()])


class LaneFilter(forms.Form):
    """Number, lane, drawn."""

    q = words("申报单号", 24)
    lane = forms.ChoiceField(label="通道", required=False, choices=[("", "全部"), *LANES.items()])
    drawn = forms.BooleanField(label="抽中的", required=False)


class PeerFilter(forms.Form):
    """A code's beginning."""

    q = words("HS 编码（前几位）", 6)


class WordsForm(forms.Form):
    """What somebody says, with the revision that was seen."""

    words = words("内容", 2000, required=True, rows=4)


class DisposeForm(forms.Form):
    """A conclusion and its grounds."""

    conclusion = forms.ChoiceField(
        label="结论", choices=[("", "请选择"), *CONCLUSIONS.items()], error_messages=REQUIRED
    )
    grounds = words(
        "依据", 2000, required=True, rows=4, help_text="查了什么、看到什么；证据材料的编号也写在这里。"
    )


class DecideForm(forms.Form):
    """The answer to an appeal."""

    conclusion = forms.ChoiceField(
        label="结论", required=False, choices=[("", "维持原结论"), *CONCLUSIONS.items()]
    )
    decision = words("答复", 2000, required=True, rows=4)


class AssignForm(forms.Form):
    """To whom; empty: in turn within the section."""

    to = forms.ChoiceField(label="承办人", required=False)

    def __init__(self, *args: Any, officers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _filled(self, "to", [("", "按科室轮流"), *officers])


class MonthsForm(forms.Form):
    """From a month to a month, both included."""

    since = forms.CharField(label="自", widget=forms.TextInput(attrs=_MONTH), error_messages=REQUIRED)
    until = forms.CharField(label="至", widget=forms.TextInput(attrs=_MONTH), error_messages=REQUIRED)

    def clean_since(self) -> date:
        """The first day of the month."""
        return _month(self.cleaned_data["since"])

    def clean_until(self) -> date:
        """The first day after the month."""
        last = _month(self.cleaned_data["until"])
        return date(last.year + last.month // 12, last.month % 12 + 1, 1)


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text.strip()[:7]}-01")
    except ValueError as error:
        raise forms.ValidationError("请照 2023-03 这样填月份。") from error
