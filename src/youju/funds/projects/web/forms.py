"""Forms of projects: head, sources, plan, steps, adjustments, batches. Money in CNY."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from youju.funds.projects.facts import ProjectIn, SourceIn, StepIn
from youju.rules.funds.projects.lifecycle import PLAN_MONTHS, SOURCES, STEPS


def _money(label: str, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=16, decimal_places=2, required=False, **options)


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        error_messages={"invalid": "这不是日期，请写成 2023-06-01 的样子。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class HeadForm(forms.Form):
    """What a project is called, is for, and who answers for it."""

    name = forms.CharField(label="项目名称", max_length=300)
    purpose = forms.CharField(
        label="资金用途", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    section = forms.CharField(label="责任科室", required=False, max_length=40)
    manager = forms.CharField(label="负责人", required=False, max_length=50)


class SourcesForm(forms.Form):
    """Where the money of the year's beginning comes from."""

    fiscal = _money("财政拨款（元）")
    carried = _money("上年结转（元）")
    other = _money("其他资金（元）")
    document_number = forms.CharField(label="文号", required=False, max_length=60)
    from_year = forms.IntegerField(label="结转自哪年", required=False, min_value=2000, max_value=2100)

    def sources(self) -> list[SourceIn]:
        """As the services take them; a blank is no source."""
        data = self.cleaned_data
        return [
            SourceIn(
                kind, data[kind], data["document_number"], data["from_year"] if kind == "carried" else None
            )
            for kind in SOURCES
            if data.get(kind) is not None
        ]


class PlanForm(forms.Form):
    """The cumulative plan; a blank is not a zero."""

    plan_03 = _money("3 月底累计（元）")
    plan_06 = _money("6 月底累计（元）")
    plan_10 = _money("10 月底累计（元）")
    plan_12 = _money("12 月底累计（元）")

    def plan(self) -> dict[str, Decimal | None]:
        """As the services take it."""
        return {month: self.cleaned_data[f"plan_{month}"] for month in PLAN_MONTHS}


class ProjectForm(HeadForm, SourcesForm, PlanForm):
    """A new project."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    code = forms.CharField(label="项目编码", max_length=64)
    field_order = ("year", "code", "name", "purpose", "section", "manager", "fiscal", "carried", "from_year", "other",
                   "document_number", "plan_03", "plan_06", "plan_10", "plan_12")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year

    def wish(self) -> ProjectIn:
        """As the service takes it."""
        data = self.cleaned_data
        return ProjectIn(
            year=data["year"],
            code=data["code"],
            name=data["name"],
            purpose=data["purpose"],
            section=data["section"],
            manager=data["manager"],
            sources=self.sources(),
            plan=self.plan(),
        )


class StepForm(forms.Form):
    """A procurement step."""

    kind = forms.ChoiceField(label="步骤", choices=list(STEPS.items()))
    planned_on = _day("计划日期")
    done_on = _day("完成日期")
    document_number = forms.CharField(label="文号或合同编号", required=False, max_length=60)
    supplier = forms.CharField(label="供应商", required=False, max_length=100, help_text="只有合同填。")
    amount = _money("合同金额（元）", min_value=Decimal("0.01"), help_text="只有合同填。")
    note = forms.CharField(label="说明", required=False, max_length=400)

    def wish(self) -> StepIn:
        """As the service takes it."""
        return StepIn(**self.cleaned_data)


class AdjustmentForm(forms.Form):
    """An adjustment to propose."""

    source = forms.ChoiceField(label="来源", choices=list(SOURCES.items()))
    amount = forms.DecimalField(
        label="增减额（元）", max_digits=16, decimal_places=2, help_text="增加填正数，减少填负数。"
    )
    document_number = forms.CharField(label="文号", max_length=60)
    reason = forms.CharField(label="理由", max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    file = forms.FileField(
        label="文件", required=False, widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.ofd,.png,.jpg"})
    )


class BatchForm(forms.Form):
    """A batch to open."""

    title = forms.CharField(label="批次名称", max_length=100, help_text="例如：第一批补贴资金。")
    due_on = _day("应完成日期")


class EndForm(forms.Form):
    """Why a project ends or goes on."""

    reason = forms.CharField(label="理由", max_length=200)


class PaperForm(forms.Form):
    """A paper of a project."""

    file = forms.FileField(
        label="文件", widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.ofd,.png,.jpg"})
    )


class ProjectFilter(forms.Form):
    """What narrows the list."""

    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编码、名称或责任科室"}),
    )  # fmt: skip
    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2100)
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("active", "执行中"), ("closed", "已结束")]
    )


class YearForm(forms.Form):
    """A year of targets."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
