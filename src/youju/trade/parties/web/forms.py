"""What the pages of filing ask for. Substance is judged by the rules; forms check shape alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from youju.foundation.shell.widgets import PlainSelect
from youju.rules.findings import Finding
from youju.rules.trade.parties.fields import Field
from youju.trade.parties import selectors

_ATTRS: Mapping[str, dict[str, str]] = {
    "name": {"autocomplete": "organization"},
    "credit_code": {"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"},
    "phone": {"inputmode": "tel", "autocomplete": "off"},
    "email": {"inputmode": "email", "autocomplete": "email", "autocapitalize": "none"},
    "resident_id": {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    "passport": {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    "registered_capital": {"inputmode": "decimal"},
    "chapters": {"inputmode": "numeric"},
    "customs_code": {"autocapitalize": "characters", "spellcheck": "false"},
    "tax_id": {"autocapitalize": "characters", "spellcheck": "false"},
    "address": {"autocomplete": "street-address"},
}


class RolesForm(forms.Form):
    """Step 1: what the party does, and what it is called."""

    roles = forms.MultipleChoiceField(
        label="主体类型",
        choices=selectors.ROLES,
        widget=forms.CheckboxSelectMultiple,
        help_text="可以选几种；境外采购商单独备案。",
        error_messages={"required": "请至少选一种。", "invalid_choice": "没有这种主体类型，请刷新页面。"},
    )
    name = forms.CharField(
        label="名称",
        max_length=100,
        help_text="与营业执照或护照上的一致。",
        error_messages={"required": "请填写名称。", "max_length": "名称至多 100 个字。"},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class FieldsForm(forms.Form):
    """Step 2: the fields of the roles. Findings stand beside their field; nothing is refused while it is a draft.

    Args:
        fields: as the selector gives them.
        values: field code → text; identifiers are left out, so that no page carries them back to a browser.
        english: labels and help in English, for buyers.
    """

    def __init__(
        self,
        *,
        fields: Iterable[selectors.Shown],
        values: Mapping[str, str],
        findings: Iterable[Finding] = (),
        english: bool = False,
    ) -> None:
        super().__init__(initial=dict(values), use_required_attribute=False)
        choices = selectors.choices()
        for each in fields:
            self.fields[each.field.code] = _control(each, choices, english)
        said: dict[str, list[str]] = {}
        for finding in findings:
            field = str(finding.at.get("field", ""))
            if field in self.fields:
                said.setdefault(field, []).append(f"{finding.message}{finding.suggestion}")
        # Not the form's own judgement, which knows shapes alone: what the rules say.
        self._errors = ErrorDict({field: self.error_class(lines) for field, lines in said.items()})


def _control(
    each: selectors.Shown, choices: Mapping[str, list[tuple[str, str]]], english: bool
) -> forms.Field:
    field: Field = each.field
    label, help_text = (field.label_en, field.help_en) if english else (field.label, field.help)
    common: dict[str, Any] = {"label": label, "required": each.is_required, "help_text": help_text}
    offered = choices.get(field.code)
    if offered:
        blank = "Please choose" if english else "请选择"
        return forms.ChoiceField(choices=[("", blank), *offered], widget=PlainSelect, **common)
    if field.kind == "area":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **common)
    attrs = dict(_ATTRS.get(field.code, {}))
    if field.kind == "secret":
        attrs["data-secret"] = ""
        if each.text:
            kept = (
                f"Kept: {each.text}. Leave blank to keep it."
                if english
                else f"已填 {each.text}，不改就留空。"
            )
            common["help_text"] = kept
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **common)


class PaperForm(forms.Form):
    """Step 3: one paper at a time."""

    kind = forms.ChoiceField(label="材料种类", error_messages={"required": "请选择材料种类。"})
    number = forms.CharField(
        label="证件号码",
        required=False,
        max_length=64,
        help_text="没有号码的不填。身份证、护照不必再填号码。",
    )
    valid_from = forms.DateField(
        label="有效期自",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "请写成 2023-05-01 的样子。"},
    )
    valid_to = forms.DateField(
        label="有效期至",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="护照、租赁合同等有期限的必填；长期有效的不填。",
        error_messages={"invalid": "请写成 2023-05-01 的样子。"},
    )
    file = forms.FileField(
        label="照片或扫描件",
        allow_empty_file=True,  # the store says what is wrong with it, in one sentence
        error_messages={"required": "请选择文件，或用手机拍照。"},
        help_text="照片、pdf 或 docx。",
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf,.docx,.ofd"}),
    )

    def __init__(self, *args: Any, kinds: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "请选择"), *kinds.items()]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why a number is looked at."""

    reason = forms.CharField(
        label="查看的理由",
        max_length=2000,
        help_text="例如：当面核对身份证件。理由和您的姓名记入审计记录。",
        error_messages={"required": "请写一句话。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PartyFilter(forms.Form):
    """What narrows the list of parties; the names are those of ``selectors.parties``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称、备案号、信用代码"}),
    )
    role = forms.ChoiceField(label="主体类型", required=False, choices=[("", "全部"), *selectors.ROLES])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *selectors.STATES])
    ends = forms.ChoiceField(
        label="有效期", required=False, choices=[("", "全部"), ("soon", "快到期"), ("over", "已过期")]
    )


class QueueFilter(forms.Form):
    """What narrows the queue; the names are those of ``selectors.queue``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称、信用代码"}),
    )
    role = forms.ChoiceField(label="主体类型", required=False, choices=[("", "全部"), *selectors.ROLES])
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), ("submitted", "已提交"), ("reviewing", "审核中")],
    )
    only = forms.ChoiceField(
        label="期限", required=False, choices=[("", "全部"), ("late", "已逾期"), ("soon", "今明到期")]
    )
    channel = forms.ChoiceField(
        label="来源", required=False, choices=[("", "全部"), *selectors.CHANNELS.items()]
    )
