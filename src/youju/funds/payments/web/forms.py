"""Forms of payments: what is asked for, the bank's answer, the outcome."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from youju.funds.payments.facts import PayeeIn, PaymentIn
from youju.funds.projects.selectors import batches_of, contracts_of, of_year, project_view, years
from youju.rules.funds.payments.lifecycle import FLOW

TAGS = [("", "不标"), ("wages", "工资"), ("subsidy", "补贴"), ("service", "服务费"), ("office", "办公费")]


def _day(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        error_messages={"invalid": "这不是日期，请写成 2023-06-01 的样子。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **options,
    )


class Several(forms.ClearableFileInput):
    """A control for several files at once; the form looks at the first, ``telling.kept_files`` takes them all."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002 - the widget's signature
        """The first of them."""
        return files.get(name)


def _files(label: str, help_text: str) -> forms.FileField:
    accept = ".pdf,.docx,.xlsx,.ofd,.png,.jpg,.jpeg,.webp"
    return forms.FileField(
        label=label,
        required=False,
        help_text=help_text,
        widget=Several(attrs={"accept": accept, "multiple": True}),
    )


class PayeeFields(forms.Form):
    """To whom."""

    payee_name = forms.CharField(label="收款人", max_length=100)
    credit_code = forms.CharField(
        label="信用代码", max_length=18, required=False, help_text="单位填 18 位统一社会信用代码，个人不填。"
    )
    account = forms.CharField(
        label="收款账号",
        max_length=60,
        help_text="加密保存，页面只显示首尾四位。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    bank = forms.CharField(label="开户银行", max_length=100, help_text="写到支行。")

    def payee(self) -> PayeeIn:
        """As the services take it."""
        data = self.cleaned_data
        return PayeeIn(data["payee_name"], data["credit_code"] or None, data["account"], data["bank"])


class PaymentForm(PayeeFields):
    """A payment that is asked for, or asked for again."""

    project = forms.TypedChoiceField(label="资金项目", coerce=int)
    contract = forms.TypedChoiceField(label="合同", coerce=int, required=False, empty_value=None)
    batch = forms.TypedChoiceField(label="支出批次", coerce=int, required=False, empty_value=None)
    amount = forms.DecimalField(label="金额（元）", max_digits=16, decimal_places=2)
    purpose = forms.CharField(
        label="用途", max_length=200, help_text="写清是哪个月、哪一期；会印在银行清单上。"
    )
    due_on = _day("应付日期")
    tag = forms.ChoiceField(label="类别", choices=TAGS, required=False)
    evidence = _files("凭证", "发票、结算单、名册等，可以选几个。")
    explanation = forms.CharField(
        label="说明", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="核对提出问题的，在这里说明。",
    )  # fmt: skip
    field_order = ("project", "contract", "batch", "amount", "purpose", "due_on", "tag", "payee_name", "credit_code",
                   "account", "bank", "evidence", "explanation")  # fmt: skip

    def __init__(self, *args: Any, project_id: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        chosen = project_view(project_id) if project_id else None
        today = timezone.localdate().year
        # Before this year has projects of its own, those of the last one are still to be paid.
        year = chosen.year if chosen else next((each for each in years() if each <= today), today)
        offered = [each for each in of_year(year) if each.active]
        fields["project"].choices = [
            ("", "请选择"),
            *((each.id, f"{each.code} {each.name[:40]}（可用 {each.available:,.2f}）") for each in offered),
        ]
        contracts = contracts_of(chosen.id) if chosen else []
        batches = batches_of(chosen.id) if chosen else []
        fields["contract"].choices = [("", "没有")] + [(c.id, f"{c.number} {c.supplier}") for c in contracts]
        fields["batch"].choices = [("", "不属于批次")] + [(b.id, f"{b.number} {b.title}") for b in batches]

    def wish(self) -> PaymentIn:
        """As the services take it."""
        data = self.cleaned_data
        return PaymentIn(
            project_id=data["project"],
            payee=self.payee(),
            amount=data["amount"],
            purpose=data["purpose"],
            due_on=data["due_on"],
            batch_id=data["batch"],
            contract_id=data["contract"],
            tags=(data["tag"],) if data["tag"] else (),
            explanation=data["explanation"],
        )


class CorrectForm(PayeeFields):
    """A returned payment to another account."""

    due_on = _day("应付日期")
    reason = forms.CharField(label="更正理由", max_length=200, help_text="退回的原因、怎样核实的。")
    evidence = _files("凭证", "新的开户证明等。")
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AnswerForm(forms.Form):
    """What the bank said, entered by hand."""

    result = forms.ChoiceField(label="银行结果", choices=[("paid", "已付"), ("returned", "退回")])
    on = _day("银行日期")
    reason = forms.CharField(label="依据", max_length=200, help_text="回单号，或向银行查询的情况。")


class OutcomeForm(forms.Form):
    """What the money brought."""

    note = forms.CharField(label="支出成果", max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    evidence = _files("文件", "验收单、照片、名册等。")


class DecideForm(forms.Form):
    """Whether the evidence will do."""

    decision = forms.ChoiceField(label="认定", choices=[("accept", "认定"), ("refuse", "退回")])
    reason = forms.CharField(label="意见", max_length=400, required=False)


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label="理由", max_length=200)


class ReturnForm(forms.Form):
    """A file of the bank's answers."""

    file = forms.FileField(
        label="回单文件",
        help_text="xlsx 或 csv，表头有付款凭证号、金额、结果、日期、退回原因。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class PaymentFilter(forms.Form):
    """What narrows the list of payments."""

    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编号、收款人、用途或项目编码"}),
    )  # fmt: skip
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), *((each.code, each.label) for each in FLOW.states)],
    )
    outcome = forms.ChoiceField(
        label="支出成果", required=False,
        choices=[("", "全部"), ("none", "未提交"), ("submitted", "待认定"), ("accepted", "已认定"), ("refused", "已退回")],
    )  # fmt: skip
    late = forms.BooleanField(label="过期未付", required=False)
    since = _day("应付从", required=False)
    until = _day("到", required=False)


class FileFilter(forms.Form):
    """What narrows the list of files for the bank."""

    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "清单编号或付款凭证号"}),
    )  # fmt: skip
    state = forms.ChoiceField(
        label="状态", required=False,
        choices=[("", "全部"), ("made", "待下载"), ("handed", "已下载"), ("answered", "已全部回单"), ("voided", "已作废")],
    )  # fmt: skip
