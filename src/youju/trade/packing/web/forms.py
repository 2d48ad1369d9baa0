"""Forms of this room: what opens a consolidation or a packing, a container, parts of lines."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.trade.packing.facts import capacities
from youju.rules.trade.packing.lifecycle import CONSOLIDATION_FLOW
from youju.rules.trade.packing.transport import TRANSPORT_MODES
from youju.trade.parties.countries import countries

STATES = [(state.code, state.label) for state in CONSOLIDATION_FLOW.states]
_MODES = list(TRANSPORT_MODES.items())


def _number(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=20, help_text="填备案号。", **options)


class ConsolidationForm(forms.Form):
    """The head of a consolidation; names are those of ``facts.ConsolidationWish``."""

    agent = _number("外贸代理")
    country = forms.ChoiceField(label="运抵国（地区）")
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label="币种", initial="USD", help_text="三个大写字母，如 USD。"
    )
    consolidator = _number("组货人", required=False)
    truck = forms.CharField(label="车牌号", max_length=20, required=False)
    note = forms.CharField(
        label="备注", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "请选择"), *countries("zh")]  # type: ignore[attr-defined]


class PackingForm(forms.Form):
    """The head of a packing; names are those of ``facts.PackingWish``."""

    agent = _number("外贸代理")
    country = forms.ChoiceField(label="运抵国（地区）")
    packed_on = forms.DateField(
        label="装箱日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    warehouse = _number("监管场站", required=False)
    bill_of_lading = forms.CharField(label="提运单号", max_length=32, required=False)
    transport_mode = forms.ChoiceField(label="运输方式", choices=_MODES, initial="2")
    port = forms.RegexField(
        r"^[0-9]{4}$",
        label="出境口岸",
        max_length=4,
        required=False,
        help_text="四位关区代码，可以以后再填。",
    )
    note = forms.CharField(
        label="备注", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "请选择"), *countries("zh")]  # type: ignore[attr-defined]
        self.fields["packed_on"].initial = timezone.localdate()


class PackingHeadForm(PackingForm):
    """The head of a packing that is there already: without the agent, whose goods are inside."""

    agent = None  # type: ignore[assignment]
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What stands there may be older than the form's rule, or come from elsewhere: unchanged it may stay.
        if kept := str(self.initial.get("port") or ""):
            self.fields["port"].regex = rf"^(?:[0-9]{{4}}|{re.escape(kept)})$"  # type: ignore[attr-defined]


class ContainerForm(forms.Form):
    """A container to add."""

    container = forms.CharField(label="箱号", max_length=20, help_text="四个字母加七位数字。")
    kind = forms.ChoiceField(label="箱型")
    seal = forms.CharField(label="封志号", max_length=32, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = capacities(law_on(timezone.localdate())).values()
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (each.code, f"{each.code}（{each.volume} 立方米，{each.payload} 千克）") for each in known
        ]


class PartForm(forms.Form):
    """A part of an order's line."""

    order = forms.CharField(label="交易单号", max_length=24)
    line_no = forms.IntegerField(label="序号", min_value=1, required=False, help_text="不填就是整张交易单。")
    quantity = forms.DecimalField(
        label="数量", max_digits=16, decimal_places=5, required=False, help_text="不填就是全部剩余。"
    )
    packages = forms.IntegerField(label="件数", min_value=0, max_value=2_000_000_000, required=False)


class PackForm(forms.Form):
    """Where lines go; a quantity only with a single line."""

    container = forms.IntegerField(label="箱子", min_value=1)
    quantity = forms.DecimalField(label="数量", max_digits=16, decimal_places=5, required=False)
    packages = forms.IntegerField(label="件数", min_value=0, max_value=2_000_000_000, required=False)


class ConsolidationFilter(forms.Form):
    """What narrows the list of consolidations."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "组货单号、车牌或备注"}),
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES])
    unpacked = forms.BooleanField(label="待装箱", required=False)


class PackingFilter(forms.Form):
    """What narrows the list of packings."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "装箱单号、提运单号或箱号"}),
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), ("open", "装箱中"), ("closed", "已装箱"), ("cancelled", "已作废")],
    )
    since = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))
