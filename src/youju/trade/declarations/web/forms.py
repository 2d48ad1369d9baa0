"""Forms of this room: asking for a plan, moving an order, the header, a line, the filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.law import table
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.trade.declarations.documents.fields import CONSTANTS, given_fields

_DAY = {"type": "date"}
_HELP = {
    "TransMode": "1 CIF，2 C&F，3 FOB。",
    "TrafMode": "2 水路，3 铁路，4 公路，5 航空。",
    "DistrictCode": "五位国内地区代码，写进每一项。",
    "CountryOfDestination": "三个字母，写进每一项。",
    "CountryOfOrigin": "三个字母，写进每一项。",
    "DutyMode": "1 照章征税，写进每一项。",
    "CustomMaster": "四位关区代码。",
    "IEPort": "四位关区代码。",
}
_LONG = 200


class PlanForm(forms.Form):
    """The day of declaring and who declares."""

    day = forms.DateField(
        label="申报日期",
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        help_text="按这一天的规定和当月海关汇率分票。",
    )
    broker = forms.CharField(
        label="报关行",
        max_length=20,
        required=False,
        help_text="填备案号；不填就由代理自己申报，以后还能改。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = timezone.localdate()


class BrokerForm(forms.Form):
    """The broker who may plan and declare a packing."""

    broker = forms.CharField(label="报关行", max_length=20, help_text="填备案号。")


class MoveForm(forms.Form):
    """An order and where it goes."""

    order = forms.CharField(max_length=24)
    to = forms.IntegerField(min_value=0, max_value=1_000_000)


class HeaderForm(forms.Form):
    """The message's header by its field list; names are those of the message. Nothing is required to be kept."""

    def __init__(self, *args: Any, editable_plan: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fixed = table(law_on(timezone.localdate()), CONSTANTS)
        self.fields["broker"] = forms.CharField(
            label="报关行", max_length=20, required=False, help_text="填备案号；不填就由代理自己申报。"
        )
        for name, field in given_fields().items():
            if name in fixed:
                continue
            words = ["发送前必填。"] if field.required else []
            if name in _HELP:
                words.append(_HELP[name])
            self.fields[name] = forms.CharField(
                label=field.label.split("（出口报文")[0],
                max_length=field.length or field.digits + 1,
                required=False,
                help_text="".join(words),
                widget=forms.Textarea(attrs={"rows": 2}) if field.length > _LONG else forms.TextInput(),
            )
        if editable_plan:
            self.fields["whole_plan"] = forms.BooleanField(
                label="同一方案里还没有预录入的报关单也这样填", required=False
            )


class LineForm(forms.Form):
    """What may be changed of a declared line; names are those of ``services.LineWish``."""

    model = forms.CharField(
        label="申报要素", max_length=255, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    quantity1 = forms.DecimalField(label="法定第一数量", max_digits=16, decimal_places=5, required=False)
    unit1 = forms.CharField(label="法定第一单位", max_length=10, required=False, help_text="如 千克、个。")
    quantity2 = forms.DecimalField(label="法定第二数量", max_digits=16, decimal_places=5, required=False)
    unit2 = forms.CharField(label="法定第二单位", max_length=10, required=False)


class DeclarationFilter(forms.Form):
    """What narrows the list."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "申报单号、报关单号或装箱单号"}),
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), *((state.code, state.label) for state in DECLARATION_FLOW.states)],
    )
    since = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs=_DAY))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs=_DAY))
    replaced = forms.BooleanField(label="含已更正的版本", required=False)
