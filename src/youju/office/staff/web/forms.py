"""What the pages of dispatched staff ask for. The rules judge; a form only reads."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from youju.foundation.identity.limits import sections
from youju.foundation.shell.fields import REQUIRED, Refusable, day, words
from youju.office.staff.wishes import AgreementWish

NUMBER = {"required": "这一栏必填。", "invalid": "请填数字，例如 6300.00。"}
WHOLE = {"required": "这一栏必填。", "invalid": "请填整数。"}


def _money(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=Decimal(0), max_digits=12, decimal_places=2, error_messages=NUMBER
    )


class CorrectionForm(Refusable):
    """A person's month put right; the person and the month stay."""

    position = words("岗位", 40, required=True)
    section = forms.ChoiceField(label="科室", error_messages=REQUIRED)
    contract = words("派遣合同编号", 40, required=True)
    agency = words("派遣单位", 100, required=True)
    project = words("项目编码", 30)
    due_on = day("应发日期")
    due = _money("应发工资（元）")
    paid = _money("实发工资（元）")
    paid_on = day("实发日期", required=False, help_text="没有发的不填。")
    on_payroll = forms.BooleanField(label="在岗", required=False)
    reason = words("更正理由", 500, required=True, help_text="原来的版本会保留，理由一并列出。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.choices = list(sections().items())


class AgreementForm(forms.Form):
    """What a labour-dispatch contract agrees."""

    contract = words("合同编号", 40, required=True, help_text="和合同台账里的编号一致。")
    agency = words("派遣单位", 100, required=True)
    positions = forms.IntegerField(label="约定岗位数", min_value=1, max_value=10_000, error_messages=WHOLE)
    valid_from = day("起始日期")
    valid_to = day("终止日期", help_text="这一天仍然有效。")
    project = words("项目编码", 30)
    note = words("备注", 500)

    @property
    def wish(self) -> AgreementWish:
        """What was filled in."""
        return AgreementWish(**self.cleaned_data)
