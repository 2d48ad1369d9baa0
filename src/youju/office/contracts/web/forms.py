"""What the pages of contracts ask for. The rules judge; a form only reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from youju.foundation.kernel.typed import tags_of
from youju.foundation.shell.fields import Refusable, day, words
from youju.office.contracts.services import (
    ContractWish,
    DeliverableWish,
    InstalmentWish,
    OpinionWish,
)

NUMBER = {"required": "这一栏必填。", "invalid": "请填数字，例如 12800.00。"}


def money(label: str, *, least: str = "0") -> forms.DecimalField:
    """A field for an amount in CNY."""
    from decimal import Decimal

    return forms.DecimalField(
        label=label, min_value=Decimal(least), max_digits=18, decimal_places=2, error_messages=NUMBER
    )


class ContractForm(Refusable):
    """A contract of the register."""

    number = words("合同编号", 40, required=True)
    title = words("合同名称", 100, required=True)
    party = words("对方名称", 100, required=True)
    party_code = forms.RegexField(
        r"^[0-9A-HJ-NPQRTUWXY]{18}$", label="对方统一社会信用代码", required=False,
        error_messages={"invalid": "应为 18 位数字和大写字母。"},
    )  # fmt: skip
    amount = money("合同金额（元）")
    signed_on = day("签订日期")
    valid_from = day("起始日期")
    valid_to = day("终止日期", help_text="这一天仍然有效。")
    tags = words("标签", 200, help_text="几个标签用顿号分开；法律顾问合同写“法律顾问”。")
    project = words("项目编码", 30, help_text="由哪个资金项目付款，填 21 位编码。")
    note = words("备注", 500)

    @property
    def wish(self) -> ContractWish:
        """What was filled in."""
        given: dict[str, Any] = dict(self.cleaned_data)
        given["tags"] = tags_of(given["tags"])
        return ContractWish(**given)


class EndForm(forms.Form):
    """How a contract ends before its day."""

    void = forms.ChoiceField(
        label="怎样结束", choices=[("", "提前终止"), ("yes", "登记有误，作废")], required=False
    )
    ended_on = day("终止日期")
    reason = words("理由", 500, required=True)


class DeliverableForm(Refusable):
    """What a contract is to deliver."""

    title = words("成果", 100, required=True)
    due_on = day("交付期限")
    price = money("价款（元）")

    @property
    def wish(self) -> DeliverableWish:
        """What was filled in."""
        return DeliverableWish(**self.cleaned_data)


class InstalmentForm(Refusable):
    """A payment that a contract agrees."""

    due_on = day("付款期限")
    amount = money("金额（元）", least="0.01")
    after = forms.TypedChoiceField(label="验收后付款的成果", required=False, coerce=int, empty_value=None)
    note = words("说明", 200)

    def __init__(self, *args: Any, parts: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after: Any = self.fields["after"]
        after.choices = [("", "到期就付"), *parts]

    @property
    def wish(self) -> InstalmentWish:
        """What was filled in."""
        return InstalmentWish(**self.cleaned_data)


class OpinionForm(forms.Form):
    """A legal opinion."""

    given_on = day("出具日期")
    title = words("事项", 100, required=True)
    counsel = words("律师", 50, required=True)
    hours = forms.DecimalField(
        label="工时",
        min_value=0,
        max_digits=6,
        decimal_places=1,
        error_messages=NUMBER,
        help_text="小时，例如 2.5。",
    )

    @property
    def wish(self) -> OpinionWish:
        """What was filled in."""
        return OpinionWish(**self.cleaned_data)


class DeliverForm(forms.Form):
    """When a deliverable came."""

    on = day("交付日期")


class FileForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label="文件", error_messages={"required": "请选择文件。", "empty": "文件是空的，请重新选择。"}
    )
