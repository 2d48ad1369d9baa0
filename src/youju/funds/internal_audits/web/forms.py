"""What the pages of internal supervision ask for. The rules judge; a form only reads."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django import forms
from django.utils import timezone

from youju.foundation.identity.limits import sections
from youju.foundation.kernel.typed import parts_of
from youju.foundation.policies import law_on
from youju.foundation.shell import fields
from youju.foundation.shell.fields import Refusable, day
from youju.funds.internal_audits.selectors import populations
from youju.funds.internal_audits.services import (
    FindingWish,
    ItemWish,
    PlanWish,
    SampleWish,
)
from youju.rules.funds.internal_audits.kinds import CATEGORIES, CONCLUSIONS, SERIOUSNESS
from youju.rules.funds.internal_audits.sampling import ALLOCATIONS
from youju.rules.law import table

CHOICE = {"required": "请选择。", "invalid_choice": "请从列表里选择。"}
NUMBER = {"required": "这一栏必填。", "invalid": "请填数字，例如 12800.00。"}


words = partial(fields.words, required=True)
"""A field for words, which has to be filled in unless said."""


def choice(label: str, *, required: bool = True, choices: Any = ()) -> forms.ChoiceField:
    """A field for one of several."""
    return forms.ChoiceField(label=label, required=required, choices=choices, error_messages=CHOICE)


def money(label: str, *, required: bool = False, help_text: str = "") -> forms.DecimalField:
    """A field for an amount in CNY."""
    return forms.DecimalField(
        label=label, required=required, min_value=Decimal(0), max_digits=18, decimal_places=2,
        error_messages=NUMBER, help_text=help_text,
    )  # fmt: skip


class PlanForm(forms.Form):
    """The plan of a year."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100, error_messages=NUMBER)
    title = words("名称", 100)
    themes = words("主题", 400, required=False, help_text="几个主题用顿号分开，例如“补贴兑现、合同管理”。")
    note = words("说明", 1000, required=False, rows=3)

    @property
    def wish(self) -> PlanWish:
        """What was filled in."""
        given = self.cleaned_data
        themes = dict.fromkeys(part[:40] for part in parts_of(given["themes"]))
        return PlanWish(given["title"], tuple(themes), given["note"])


class ItemForm(Refusable):
    """A project of a plan."""

    theme = words("主题", 40)
    title = words("项目", 100)
    lead = words("负责人", 64, help_text="填用户名。")
    starts_on = day("开始日期")
    ends_on = day("终止日期")
    sections = forms.MultipleChoiceField(
        label="被查科室", required=False, widget=forms.CheckboxSelectMultiple, error_messages=CHOICE
    )
    project = words("资金项目编码", 30, required=False)
    team = words("参加人员", 200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sections"]
        field.choices = list(sections().items())

    @property
    def wish(self) -> ItemWish:
        """What was filled in."""
        given = dict(self.cleaned_data)
        return ItemWish(**(given | {"sections": tuple(given["sections"])}))


class SampleForm(forms.Form):
    """What to draw from, and how."""

    population = choice("总体")
    since = day("总体起始日期")
    until = day("总体终止日期", help_text="这一天也算在内。")
    project = words("资金项目编码", 30, required=False, help_text="不填就是全部项目。")
    size = forms.IntegerField(
        label="样本量", min_value=1, max_value=5000, error_messages=NUMBER, help_text="必抽的计算在内。"
    )
    limits = words("分层界限（元）", 200, required=False, help_text="从小到大，用逗号分开；不填就不分层。")
    certainty = money("必抽金额（元）", help_text="达到这个金额的全部抽取；不填就没有必抽的。")
    allocation = choice("分配方法", choices=list(ALLOCATIONS.items()))
    seed = words(
        "种子", 64, help_text="任意文字；同一总体用同一种子抽出同一样本。宜用抽样以前谁也不知道的数字。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["population"]
        field.choices = [(each.code, f"{each.label}（按{each.day}）") for each in populations()]

    @staticmethod
    def usual() -> dict[str, Any]:
        """What stands in the form at first: the strata of the policy."""
        today = timezone.localdate()
        strata = table(law_on(today), "funds.internal_audits.strata")
        limits: Any = strata["limits"]
        return {
            "since": f"{today.year}-01-01",
            "until": today,
            "size": 20,
            "limits": ", ".join(str(each) for each in limits),
            "certainty": str(strata["certainty"]),
        }

    def clean_limits(self) -> tuple[Decimal, ...]:
        """The limits as amounts."""
        try:
            found = tuple(
                Decimal(part).quantize(Decimal("0.01")) for part in parts_of(self.cleaned_data["limits"])
            )
        except InvalidOperation as error:
            raise forms.ValidationError("请填数字，用逗号分开，例如 10000, 50000。") from error
        if any(not each.is_finite() or each >= Decimal("1e16") for each in found):
            raise forms.ValidationError("请填数字，用逗号分开，例如 10000, 50000。")
        return found

    @property
    def wish(self) -> SampleWish:
        """What was filled in."""
        return SampleWish(**self.cleaned_data)


class PaperForm(forms.Form):
    """The working paper of a sampled item."""

    examined = words("查了什么", 2000, rows=4, help_text="查了哪些资料、核对了什么。")
    conclusion = choice("结论", choices=[("", "请选择"), *CONCLUSIONS.items()])


class FindingForm(Refusable):
    """A finding."""

    title = words("问题", 100)
    description = words("情况", 2000, rows=4)
    category = choice("类别", choices=[("", "请选择"), *CATEGORIES.items()])
    seriousness = choice("严重程度", choices=list(SERIOUSNESS.items()))
    basis = words(
        "依据", 300, required=False, help_text="违反了哪项制度的哪一条，例如“财务管理办法第十二条”。"
    )
    amount = money("问题金额（元）", help_text="不涉及金额的不填。")
    record = choice("记录种类", required=False)
    key = words("记录编号", 64, required=False, help_text="付款编号、申请编号、合同编号或任务编号。")
    section = choice("责任科室")
    found_on = day("发现日期")
    suggestion = words("整改要求", 1000, required=False, rows=3)

    def __init__(self, *args: Any, tied: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record: Any = self.fields["record"]
        record.choices = [("", "不关联记录"), *((each.code, each.label) for each in populations())]
        section: Any = self.fields["section"]
        section.choices = [("", "请选择"), *sections().items()]
        if tied:
            # The record is the sampled item's.
            del self.fields["record"], self.fields["key"]

    def wish(self, *, item: int | None = None, engagement: int | None = None) -> FindingWish:
        """What was filled in."""
        return FindingWish(**self.cleaned_data, item=item, engagement=engagement)


class NotifyForm(Refusable):
    """Until when a finding must be put right."""

    due_on = day("整改期限", required=False, help_text="不填就按严重程度的约定期限。")


class ReplyForm(Refusable):
    """What a section did."""

    text = words("整改情况", 2000, rows=4)


class FileForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label="文件", error_messages={"required": "请选择文件。", "empty": "文件是空的，请重新选择。"}
    )


class EndForm(forms.Form):
    """How an engagement ended."""

    conclusion = words("结论", 2000, rows=4)
