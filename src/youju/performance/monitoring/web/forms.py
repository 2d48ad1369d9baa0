"""What the pages of monitoring ask for. The rules judge; a form only reads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from youju.foundation.identity.limits import sections
from youju.foundation.shell.fields import Refusable, day, words
from youju.performance.monitoring.services import OrderWish, RowWish
from youju.rules.funds.payments.plans import MONTHS
from youju.rules.performance.monitoring.facts import CAUSES, LIKELIHOODS

CHOICE = {"required": "请选择。", "invalid_choice": "请从列表里选择。"}
NUMBER = {
    "required": "这一栏必填。",
    "invalid": "请填四位年份。",
    "min_value": "请填四位年份。",
    "max_value": "请填四位年份。",
}


class RoundForm(Refusable):
    """Which round to make."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100, error_messages=NUMBER)
    month = forms.TypedChoiceField(
        label="到几月",
        coerce=int,
        choices=[(month, f"1—{month} 月" if month > 1 else "1 月") for month in range(1, MONTHS + 1)],
        error_messages=CHOICE,
        help_text="每年 8 月上报 1—7 月的情况；其他月份按需要。",
    )

    figures = forms.BooleanField(
        label="同时冻结各行的计量",
        required=False,
        help_text="冻结以后，每个数字都能打开当时的每一笔记录；要多等一会儿。",
    )

    @staticmethod
    def usual() -> dict[str, Any]:
        """The last month that is over."""
        today = timezone.localdate()
        return {
            "year": today.year if today.month > 1 else today.year - 1,
            "month": (today.month - 2) % MONTHS + 1,
        }


class RowForm(Refusable):
    """What is said of a row."""

    likelihood = forms.ChoiceField(
        label="可能性", required=False, choices=[("", "未确认"), *LIKELIHOODS.items()], error_messages=CHOICE
    )
    cause = forms.ChoiceField(
        label="偏差原因", required=False, choices=[("", "无"), *CAUSES.items()], error_messages=CHOICE
    )
    explanation = words("说明", 1000, rows=2)
    measure = words("改进措施", 1000, rows=2)
    remark = words("备注", 500)

    @property
    def wish(self) -> RowWish:
        """What was filled in."""
        return RowWish(**self.cleaned_data)


class ProjectForm(Refusable):
    """Why a project's spending lags."""

    explanation = words("执行偏离的原因", 1000, rows=2)
    measure = words("措施", 1000, rows=2)


class SectionForm(forms.Form):
    """Which section answers for a project."""

    section = forms.ChoiceField(label="责任科室", required=False, error_messages=CHOICE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.choices = [("", "各科室"), *sections().items()]


class OrderForm(Refusable):
    """A rectification order."""

    title = words("问题", 100, required=True)
    requirement = words("整改要求", 1000, required=True, rows=3, help_text="要做到什么、交什么证明。")
    section = forms.ChoiceField(label="责任科室", error_messages=CHOICE)
    due_on = day("整改期限", required=False, help_text="不填就按约定的期限。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.choices = [("", "请选择"), *sections().items()]

    def wish(self, row: int | None) -> OrderWish:
        """What was filled in."""
        return OrderWish(**self.cleaned_data, row=row)


class ReplyForm(Refusable):
    """What a section did."""

    text = words("整改情况", 2000, required=True, rows=4)


class ReasonForm(Refusable):
    """A reason in words."""

    reason = words("理由", 500, rows=2)


class FileForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label="文件", error_messages={"required": "请选择文件。", "empty": "文件是空的，请重新选择。"}
    )
