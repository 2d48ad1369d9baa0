"""What the pages ask for. Choices that depend on what is stored are read when a form is made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from youju.performance.targets import selectors
from youju.performance.targets.web.choosing import chosen_set
from youju.rules.findings import Severity
from youju.rules.registry import REGISTRY

SEVERITIES = [
    ("", "全部"),
    (Severity.ERROR.value, "有错误"),
    (Severity.WARNING.value, "有警告"),
    (Severity.HINT.value, "有提示"),
]
_SEVERITY_NAMES = [("", "全部"), ("error", "错误"), ("warning", "警告"), ("hint", "提示")]


class UploadForm(forms.Form):
    """Step 1 of an import. The year comes first, so that it survives a file that is refused while it arrives."""

    fiscal_year = forms.IntegerField(
        label="预算年度",
        required=False,
        min_value=2000,
        max_value=2100,
        help_text="四位年份。留空则取文件写明的年度；文件没有写，取项目编码里最近的年度。下一步还可以改。",
        error_messages={
            "invalid": "请填四位年份，例如 2023。",
            "min_value": "年份应在 2000 到 2100 之间。",
            "max_value": "年份应在 2000 到 2100 之间。",
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label="绩效目标文件",
        allow_empty_file=True,  # the reader says what is wrong with it, in one sentence
        max_length=None,
        help_text="txt、docx、xlsx、html 或带文字的 pdf。",
        error_messages={"required": "请选择要上传的文件。"},
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.xlsx,.html,.htm,.pdf"}),
    )


class YearForm(forms.Form):
    """The year of a waiting preview."""

    fiscal_year = forms.IntegerField(
        label="预算年度",
        min_value=2000,
        max_value=2100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class _SetFilter(forms.Form):
    """The year, the unit when several are stored, and the version that the address names."""

    year = forms.ChoiceField(label="年度", required=False)
    unit = forms.ChoiceField(label="单位", required=False)
    version = forms.CharField(label="版本", required=False, widget=forms.HiddenInput)
    set = forms.CharField(label="版本", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sets = selectors.active_sets()
        years = sorted({each.fiscal_year for each in sets}, reverse=True)
        units = {each.unit_key: each.unit_name or each.unit_key for each in sets}
        if len(years) > 1:
            self.fields["year"].choices = [("", "最近年度"), *((str(y), f"{y} 年") for y in years)]  # type: ignore[attr-defined]
        else:
            self.fields["year"] = forms.CharField(label="年度", required=False, widget=forms.HiddenInput)
        if len(units) > 1:
            self.fields["unit"].choices = [("", "全部单位中的第一个"), *units.items()]  # type: ignore[attr-defined]
        else:
            self.fields["unit"] = forms.CharField(label="单位", required=False, widget=forms.HiddenInput)


class ProjectFilter(_SetFilter):
    """The filter of the project list."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称、编码、指标、依据"}),
    )
    severity = forms.ChoiceField(label="审核意见", required=False, choices=SEVERITIES)
    funds = forms.ChoiceField(
        label="资金类别", required=False, choices=[("", "全部"), *selectors.FUNDS.items()]
    )
    field_order = ("year", "unit", "version", "set", "q", "severity", "funds")


class FindingFilter(_SetFilter):
    """The filter of the list of findings; the rules on offer are those that spoke, the projects those of the year."""

    severity = forms.ChoiceField(label="轻重", required=False, choices=_SEVERITY_NAMES)
    rule = forms.ChoiceField(label="规则", required=False)
    project = forms.ChoiceField(label="项目", required=False)
    q = forms.CharField(
        label="查找", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(
        label="办理", required=False, choices=[("", "全部"), ("open", "待改正或答复"), ("answered", "已答复")]
    )
    field_order = ("year", "unit", "version", "set", "severity", "state", "rule", "project", "q")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target_set = chosen_set(self.data if isinstance(self.data, QueryDict) else QueryDict())
        rules = selectors.rule_counts(target_set) if target_set else []
        projects = selectors.project_rows(target_set) if target_set else []
        self.fields["rule"].choices = [  # type: ignore[attr-defined]
            ("", "全部"),
            *((each.rule, f"{each.rule} {rule_title(each.rule)}") for each in rules),
        ]
        self.fields["project"].choices = [  # type: ignore[attr-defined]
            ("", "全部"),
            *((each.code, f"{each.number}. {each.name}") for each in projects),
        ]


def rule_title(rule: str) -> str:
    """What a rule is called; its id when it is no longer declared."""
    return REGISTRY.versions(rule)[-1].title if rule in REGISTRY else rule
