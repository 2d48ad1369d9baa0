"""What the pages of applications ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from youju.funds.subsidies.selectors.claims import STATES
from youju.funds.subsidies.services import AccountIn, CostIn

REQUIRED = {"required": "这一栏必填。", "invalid": "请照 2026-01-31 这样填日期。"}


class ClaimForm(forms.Form):
    """The account to pay to, and what the applicant wants to say."""

    account_name = forms.CharField(
        label="收款户名", required=False, max_length=100, help_text="与单位名称一致。"
    )
    bank = forms.CharField(label="开户银行", required=False, max_length=100, help_text="写到支行。")
    account_number = forms.CharField(
        label="收款账号",
        required=False,
        max_length=40,
        help_text="加密保存，只显示末四位；不改就留空。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    remark = forms.CharField(
        label="说明", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    @property
    def account(self) -> AccountIn:
        """What was filled in."""
        given: dict[str, Any] = self.cleaned_data
        return AccountIn(given["account_name"], given["bank"], given["account_number"])


class CostForm(forms.Form):
    """An invoice."""

    kind = forms.ChoiceField(label="费用种类")
    invoice = forms.CharField(label="发票号码", max_length=24, error_messages=REQUIRED)
    seller = forms.CharField(label="开票单位", required=False, max_length=100)
    paid_on = forms.DateField(
        label="支付日期",
        error_messages=REQUIRED,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    amount = forms.DecimalField(
        label="金额（元）",
        max_digits=14,
        decimal_places=2,
        min_value=0,
        error_messages={"required": "这一栏必填。", "invalid": "请填 1234.56 这样的数。"},
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    file = forms.FileField(label="发票或付款凭证", required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    @property
    def cost(self) -> CostIn:
        """What was filled in."""
        given: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return CostIn(**given)


class PaperForm(forms.Form):
    """A paper that the policy asks for."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput())
    file = forms.FileField(label="文件", error_messages={"required": "请选择文件。"})


class ClaimFilter(forms.Form):
    """What narrows the list; the names are those of ``selectors.claims``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编号或申请人"}),
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES])
    waiting = forms.BooleanField(label="待中心办理", required=False)


class ObjectionForm(forms.Form):
    """An objection to a public list."""

    line = forms.TypedChoiceField(label="针对哪一户", coerce=int, empty_value=None)
    name = forms.CharField(label="单位名称或姓名", max_length=100, required=False)
    contact = forms.CharField(
        label="电话或邮箱", max_length=200, required=False, help_text="只用于核实和答复，加密保存，不公开。"
    )
    text = forms.CharField(
        label="异议内容",
        required=False,
        max_length=4000,
        help_text="写明事实和依据，10 到 2000 个字。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, lines: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each["place"], f"{each['place']}. {each['name']}") for each in lines]
        self.fields["line"].choices = [(0, "整份名单"), *named]  # type: ignore[attr-defined]
