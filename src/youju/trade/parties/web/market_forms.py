"""What the pages of markets and stalls ask for."""

from __future__ import annotations

from django import forms

from youju.trade.parties.selectors.stalls import STATES

_DAY = {"type": "date"}
_ISO = "%Y-%m-%d"  # the one form that a browser's own control of dates takes


class MarketForm(forms.Form):
    """A market."""

    code = forms.CharField(
        label="市场代码", max_length=8, help_text="1 到 8 个字母或数字，导入和统计里使用。"
    )
    name = forms.CharField(label="市场名称", max_length=100)


class StallForm(forms.Form):
    """A stall's place and number."""

    number = forms.CharField(label="摊位号", max_length=20, help_text="照摊位牌填写。")
    floor = forms.IntegerField(label="楼层", min_value=-9, max_value=99, help_text="地下用负数，例如 -1。")
    row = forms.IntegerField(label="排", min_value=1, max_value=9999)
    position = forms.IntegerField(label="位", min_value=1, max_value=9999, help_text="在这一排里的第几个。")


class LetForm(forms.Form):
    """Who holds a stall from when."""

    holder = forms.CharField(label="承租人备案号", max_length=20)
    since = forms.DateField(label="起租日期", widget=forms.DateInput(attrs=_DAY, format=_ISO))
    until = forms.DateField(
        label="退租日期",
        required=False,
        widget=forms.DateInput(attrs=_DAY, format=_ISO),
        help_text="还没有定的留空。",
    )


class LeaveForm(forms.Form):
    """From which day a stall is no longer held."""

    on = forms.DateField(
        label="退租日期",
        widget=forms.DateInput(attrs=_DAY, format=_ISO),
        help_text="从这一天起不再承租，当天别户就可以登记。",
    )


class StallFilter(forms.Form):
    """What narrows the table behind the map."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "摊位号、承租人"}),
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    floor = forms.IntegerField(label="楼层", required=False)
