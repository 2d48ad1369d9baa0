"""What the pages of the base ask for: a form for each register, made of what its records say."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from django import forms

from youju.foundation.kernel.typed import parts_of
from youju.foundation.shell.fields import REQUIRED, Refusable, day
from youju.office.base.registers import REGISTERS, Field

NUMBER = {"required": "这一栏必填。", "invalid": "请填数字，例如 600000.00。"}


class RecordForm(Refusable):
    """A record; its fields come from the register."""

    @property
    def wish(self) -> dict[str, Any]:
        """What was filled in."""
        given = dict(self.cleaned_data)
        if "repeals" in given:
            given["repeals"] = parts_of(given["repeals"])
        return given


@cache
def form_of(register: str) -> type[RecordForm]:
    """The form of a register."""
    declared = REGISTERS[register]
    fields = {field.name: _field(field) for field in declared.all_fields}
    fields["kind"] = forms.ChoiceField(
        label=declared.kind_label, choices=list(declared.kinds.items()), error_messages=REQUIRED
    )
    return type(f"{register.title()}Form", (RecordForm,), fields)


def _field(field: Field) -> forms.Field:
    shown: dict[str, Any] = {"label": field.label, "required": field.required, "help_text": field.help}
    if field.sort == "day":
        return day(field.label, required=field.required, help_text=field.help)
    if field.sort == "flag":
        return forms.BooleanField(**shown)
    if field.sort == "money":
        return forms.DecimalField(
            **shown, min_value=Decimal(0), max_digits=18, decimal_places=2, error_messages=NUMBER
        )
    return forms.CharField(**shown, max_length=field.longest, error_messages=REQUIRED)


class MilestoneForm(forms.Form):
    """A milestone of a platform project."""

    title = forms.CharField(label="节点", max_length=100, error_messages=REQUIRED)
    due_on = day("期限")


class DoneForm(forms.Form):
    """When a milestone was done; without a day it is taken away."""

    done_on = day("完成日期", required=False)


class FileForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label="文件", error_messages={"required": "请选择文件。", "empty": "文件是空的，请重新选择。"}
    )
