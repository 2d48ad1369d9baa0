"""What the pages of proposals and audits ask for. The rules judge; a form only reads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from youju.foundation.shell.fields import Refusable, words
from youju.performance.proposals.services import RowWish
from youju.performance.targets.selectors import active_sets

NUMBER = {
    "required": "这一栏必填。",
    "invalid": "请填数字。",
    "min_value": "请填四位年份。",
    "max_value": "请填四位年份。",
    "max_decimal_places": "最多一位小数。",
    "max_digits": "数字太大。",
    "max_whole_digits": "数字太大。",
}
CHOICE = {"required": "请选择。", "invalid_choice": "请从列表里选择。"}


class YearForm(Refusable):
    """Of which year targets are proposed."""

    year = forms.IntegerField(
        label="目标年度",
        min_value=2001,
        max_value=2100,
        error_messages=NUMBER,
        help_text="以上一年的完成值为基数。",
    )

    @staticmethod
    def usual() -> dict[str, Any]:
        """The year to come."""
        return {"year": timezone.localdate().year + 1}


class RowForm(Refusable):
    """A proposed row."""

    level3 = words("三级指标", 500, required=True)
    raw_value = words(
        "指标值", 500, required=True, help_text="写明比较符号、数值、单位，例如 ≥90%；定性的写明分档。"
    )
    description = words("描述", 2000, rows=2, help_text="口径或算法。")
    basis = words("确定依据", 2000, rows=2)
    reason = words("修改的理由", 500, rows=2)

    @property
    def wish(self) -> RowWish:
        """What was filled in."""
        return RowWish(**self.cleaned_data)


class SetForm(Refusable):
    """Which targets are audited."""

    target_set = forms.TypedChoiceField(label="绩效目标", coerce=int, error_messages=CHOICE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["target_set"]
        field.choices = [("", "请选择")] + [
            (each.pk, f"{each.fiscal_year} 年 {each.unit_name or each.unit_key} 第 {each.version} 版")
            for each in active_sets()
        ]


class MarkForm(Refusable):
    """The auditor's own mark of an item."""

    mark = forms.DecimalField(
        label="审核人评分", required=False, max_digits=4, decimal_places=1, error_messages=NUMBER, help_text="不填就用系统评分。"
    )  # fmt: skip
    why = words("理由", 500, help_text="和系统评分不同的必填。")


class OpinionForm(Refusable):
    """The opinion."""

    opinion = words("审核意见", 2000, required=True, rows=4)
