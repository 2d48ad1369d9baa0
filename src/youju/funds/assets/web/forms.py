"""What the pages of assets ask for. The rules judge; a form only reads."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from youju.foundation.identity.limits import sections
from youju.foundation.shell.fields import REQUIRED, Refusable, day, words
from youju.funds.assets.selectors import categories, groups
from youju.funds.assets.services import AssetWish, Completion, MoveWish, StocktakeWish
from youju.rules.funds.assets.lifecycle import MOVES, WAYS

NUMBER = {"required": "这一栏必填。", "invalid": "请填数字，例如 12800.00。", "min_value": "太小了。"}
People = Iterable[tuple[str, str]]


def money(
    label: str, *, least: str = "0.01", required: bool = True, help_text: str = ""
) -> forms.DecimalField:
    """A field for an amount in CNY."""
    return forms.DecimalField(
        label=label,
        min_value=Decimal(least),
        max_digits=16,
        decimal_places=2,
        required=required,
        help_text=help_text,
        error_messages=NUMBER,
    )


def category_choices() -> list[Any]:
    """Categories under their groups."""
    known = categories()
    return [
        ("", "请选择"),
        *(
            (name, [(each.code, f"{each.code} {each.name}") for each in known.values() if each.group == code])
            for code, name in groups().items()
        ),
    ]


class AssetForm(Refusable):
    """A card."""

    number = words("资产编号", 24, help_text="不填的自动编号。")
    name = words("名称", 100, required=True)
    category = forms.ChoiceField(label="类别", error_messages={"required": "请选择类别。"})
    model = words("规格型号", 100)
    serial = words("出厂编号", 60)
    cost = money("原值（元）")
    acquired_on = day("取得日期", help_text="从这个月起计提折旧。")
    project = words("项目编码", 30)
    section = forms.ChoiceField(label="科室", required=False)
    place = words("地点", 60)
    keeper = forms.ChoiceField(label="保管人", required=False)
    keeper_name = words("保管人（没有账号的）", 50)
    idle = forms.BooleanField(label="闲置", required=False)
    note = words("备注", 500, rows=2)

    def __init__(self, *args: Any, people: People = (), changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "category": category_choices(),
            "section": [("", "—"), *sections().items()],
            "keeper": [("", "—"), *people],
        }
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered
        if changing:
            for name in ("number", "section", "place", "keeper", "keeper_name"):
                del self.fields[name]

    @property
    def wish(self) -> AssetWish:
        """What was filled in."""
        return AssetWish(**self.cleaned_data)


class PaymentForm(AssetForm):
    """Cards of a payment."""

    field_order = (
        "name",
        "category",
        "model",
        "copies",
        "cost",
        "acquired_on",
        "line",
        "serials",
        "section",
        "place",
        "keeper",
    )

    copies = forms.IntegerField(
        label="数量", min_value=1, initial=1, help_text="同样的几件，一件一张卡片。", error_messages=NUMBER
    )
    serials = words("各件的出厂编号", 4000, rows=3, help_text="一行一个，可以不填。")
    line = words("付款明细", 100, help_text="合同或发票上的哪一项。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cost"].label = "单价（元）"
        for name in ("number", "serial"):
            del self.fields[name]

    @property
    def split(self) -> dict[str, Any]:
        """What was filled in, for ``services.register_from_payment``."""
        given = dict(self.cleaned_data)
        serials = [line.strip() for line in given.pop("serials").splitlines() if line.strip()]
        copies, line = given.pop("copies"), given.pop("line")
        return {"wish": AssetWish(**given), "copies": copies, "serials": serials, "line": line}


class ExpensedForm(forms.Form):
    """The part of a payment that is no asset."""

    amount = money("不计入资产的金额（元）", least="0")
    note = words("说明", 200, required=True)


class LinkForm(forms.Form):
    """A payment of a card."""

    payment = words("付款编号", 24, required=True)
    amount = money("其中用于这件资产的金额（元）")
    line = words("付款明细", 100)


class MoveForm(forms.Form):
    """A transfer, loan or return."""

    kind = forms.ChoiceField(label="方式")
    keeper = forms.ChoiceField(
        label="接收人", help_text="由接收人在待办里接收，卡片才改。", error_messages=REQUIRED
    )
    section = forms.ChoiceField(label="接收科室", required=False)
    place = words("新地点", 60)
    lent_to = words("借给", 100, help_text="借出时填借用的单位或个人；接收人是经手的同事。")
    until = day("归还期限", required=False)
    note = words("说明", 200)

    def __init__(self, *args: Any, people: People = (), back: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {code: name for code, name in MOVES.items() if (code == "back") is back}
        offered: dict[str, Any] = {
            "kind": list(kinds.items()),
            "keeper": [("", "请选择"), *people],
            "section": [("", "不变"), *sections().items()],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices
        if back:
            del self.fields["lent_to"], self.fields["until"]

    @property
    def wish(self) -> MoveWish:
        """What was filled in."""
        return MoveWish(**self.cleaned_data)


class DisposeForm(Refusable):
    """A disposal."""

    way = forms.ChoiceField(label="处置方式", choices=list(WAYS.items()))
    reason = words("原因", 500, required=True, rows=3)


class CompleteForm(Refusable):
    """How it left."""

    disposed_on = day("处置日期")
    proceeds = money("处置收入（元）", least="0", help_text="没有的填 0。")
    document = words("批准文号", 60)

    @property
    def wish(self) -> Completion:
        """What was filled in."""
        return Completion(**self.cleaned_data)


class StocktakeForm(Refusable):
    """A round of counting."""

    title = words("名称", 100, required=True, help_text="例如：2023 年度盘点（综合业务科）。")
    section = forms.ChoiceField(label="科室", required=False)
    place = words("地点", 60, help_text="只盘一个地点的，照卡片上的写法填。")
    due_on = day("期限")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.choices = [("", "全部科室"), *sections().items()]

    @property
    def wish(self) -> StocktakeWish:
        """What was filled in."""
        return StocktakeWish(**self.cleaned_data)


class CountForm(forms.Form):
    """One count, where no script runs."""

    text = words("资产编号", 200, required=True)
    place = words("实际地点", 60, help_text="和清单上一样的不用填。")
    note = words("备注", 200)


class DecisionForm(forms.Form):
    """What is done about a difference."""

    decision = forms.CharField(label="处理意见", max_length=12)
    why = words("说明", 200, required=True)


class MonthForm(forms.Form):
    """A month."""

    month = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$",
        label="月份",
        widget=forms.TextInput(attrs={"type": "month"}),
        error_messages={"invalid": "请照 2023-03 这样填。"},
    )


class SheetForm(forms.Form):
    """Which labels on which paper."""

    sheet = forms.ChoiceField(label="标签纸")
    text = words("查找", 50, help_text="编号、名称或保管人；不填的不限。")
    section = forms.ChoiceField(label="科室", required=False)
    place = words("地点", 60)

    def __init__(self, *args: Any, sheets: People = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sheet: Any = self.fields["sheet"]
        sheet.choices = list(sheets)
        section: Any = self.fields["section"]
        section.choices = [("", "全部"), *sections().items()]


def today() -> dict[str, Any]:
    """What a form for a day begins with."""
    return {"disposed_on": timezone.localdate(), "proceeds": "0.00"}
