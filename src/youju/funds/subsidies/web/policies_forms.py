"""Small forms around policies: the filter, beginning one, asking for a back-test."""

from __future__ import annotations

from django import forms

from youju.rules.funds.subsidies.policy_lifecycle import POLICY_FLOW


class PolicyFilter(forms.Form):
    """What the list is narrowed down by."""

    text = forms.CharField(label="名称或编号", required=False, max_length=60)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), *((each.code, each.label) for each in POLICY_FLOW.states)],
    )


class StartForm(forms.Form):
    """The code of a policy to draft."""

    code = forms.SlugField(
        label="编号",
        max_length=40,
        help_text="小写字母、数字和连字符，如 market-2024；已有的编号会起草下一版。",
        error_messages={"invalid": "只用小写字母、数字和连字符。"},
    )


class ReadInForm(forms.Form):
    """A policy as a YAML file."""

    file = forms.FileField(label="政策文件（YAML）", help_text="写法见 policies/subsidies/ 里的示例。")


class BackTestForm(forms.Form):
    """The year of the declarations, and a version to compare with."""

    year = forms.IntegerField(label="用哪一年的报关单", min_value=2014, max_value=9999)
    against = forms.IntegerField(label="与哪一版对比", required=False, min_value=1)
