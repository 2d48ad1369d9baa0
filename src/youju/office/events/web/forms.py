"""What the pages of events ask for. The rules judge; a form only reads."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from youju.foundation.identity.limits import sections
from youju.foundation.kernel.countries import names as countries
from youju.foundation.shell.fields import Refusable, day, words
from youju.office.events.services import (
    ApplicationWish,
    CostWish,
    DealWish,
    EventWish,
    ProspectWish,
    SessionWish,
    SignupWish,
)
from youju.rules.office.events.kinds import COST_KINDS, SERVICE_KINDS, WITH_SIGNUPS, EventKind

NUMBER = {"required": "这一栏必填。", "invalid": "请填数字，例如 12800.00。"}
PHONE = r"^[0-9+()\- ]{7,20}$"
FILE_ROLES = (
    ("report", "结果文件（总结、照片、签到表）"),
    ("material", "资料，企业可以下载"),
    ("paper", "内部文件"),
)


def money(label: str, *, least: str = "0.01", required: bool = True) -> forms.DecimalField:
    """A field for an amount in CNY."""
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=Decimal(least),
        max_digits=18,
        decimal_places=2,
        error_messages=NUMBER,
    )


def whole(
    label: str, *, required: bool = True, most: int = 100_000, help_text: str = ""
) -> forms.IntegerField:
    """A field for a count from one."""
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=1,
        max_value=most,
        error_messages=NUMBER,
        help_text=help_text,
    )


def phone(*, required: bool) -> forms.RegexField:
    """A field for a telephone number."""
    return forms.RegexField(
        PHONE,
        label="联系电话",
        required=required,
        strip=True,
        error_messages={"required": "这一栏必填。", "invalid": "请填电话号码，7 到 20 位数字。"},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


class _Countries(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        found = dict(countries())
        first = {"CN": found.pop("CN")}
        pairs = [*first.items(), *sorted(found.items(), key=lambda pair: pair[1])]
        super().__init__(choices=pairs, error_messages={"invalid_choice": "请从列表里选择。"}, **kwargs)


class EventForm(Refusable):
    """An event of a kind; what the kind does not have is not asked for."""

    name = words("名称", 100, required=True)
    name_en = words("英文名称", 150)
    country = _Countries(label="国家（地区）", initial="CN")
    city = words("城市", 50)
    venue = words("场馆或地点", 100)
    starts_on = day("开始日期")
    ends_on = day("结束日期", help_text="只有一天的，和开始日期相同。")
    signup_until = day("报名截止", required=False, help_text="不填为开始当天。")
    places = whole("展位或名额", required=False, help_text="不填为不限；报满以后的企业候补。")
    budget = money("预算（元）", least="0", required=False)
    project = words("项目编码", 30, help_text="由哪个资金项目出钱，填 21 位编码。")
    section = forms.ChoiceField(label="负责科室", required=False)
    subsidy = words("补贴政策或批次", 60, help_text="参展企业可以申请哪项补贴，填政策编号或批次。")
    evaluation = words("评价问卷", 60, help_text="满意度调查的编号。")
    details = words("说明", 2000, rows=4, help_text="发布以后企业看得到。")

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        section: Any = self.fields["section"]
        section.choices = [("", "未定"), *sections().items()]
        if kind not in WITH_SIGNUPS:
            del self.fields["signup_until"], self.fields["places"]
        if kind != EventKind.EXHIBITION:
            del self.fields["name_en"], self.fields["subsidy"]
        if kind not in (EventKind.TRAINING, EventKind.RESEARCH):
            del self.fields["evaluation"]

    @property
    def wish(self) -> EventWish:
        """What was filled in."""
        return EventWish(kind=self.kind, **self.cleaned_data)


class ReportForm(forms.Form):
    """The result of an event."""

    note = words("结果", 2000, required=True, rows=5, help_text="多少家参加、谈成什么、有什么问题。")


class CostForm(forms.Form):
    """A cost."""

    kind = forms.ChoiceField(label="费用类别", choices=list(COST_KINDS.items()))
    amount = money("金额（元）")
    spent_on = day("日期")
    reference = words("付款编号", 60, help_text="在“付款”里查；还没有付的不填。")
    note = words("说明", 200)

    @property
    def wish(self) -> CostWish:
        """What was filled in."""
        return CostWish(**self.cleaned_data)


class SignupForm(Refusable):
    """An enterprise signs up."""

    wanted = whole("要几个展位或名额", most=99)
    products = words("展品或参加内容", 200)
    contact_name = words("联系人", 50, required=True)
    contact_phone = phone(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].initial = 1

    @property
    def wish(self) -> SignupWish:
        """What was filled in."""
        return SignupWish(**self.cleaned_data)


class WrittenSignupForm(SignupForm):
    """Staff write a sign-up down for a firm."""

    firm = words("企业名称", 100, required=True)
    firm_code = words("企业代码", 32)
    field_order = ("firm", "firm_code", "wanted", "products", "contact_name", "contact_phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_name"].required = self.fields["contact_phone"].required = False


class DealForm(Refusable):
    """An order won."""

    won_on = day("成交日期")
    amount = money("成交额（元）")
    country = _Countries(label="买家国家（地区）")
    buyer = words("买家", 100)
    order_number = words("交易单编号", 40, help_text="已在平台登记交易单的，填它的编号。")
    proof = forms.FileField(
        label="证明", required=False, help_text="合同、订单或照片；没有证明的不能核实。",
        error_messages={"empty": "文件是空的，请重新选择。"},
    )  # fmt: skip

    @property
    def wish(self) -> DealWish:
        """What was filled in."""
        return DealWish(**{name: value for name, value in self.cleaned_data.items() if name != "proof"})


class DecisionForm(forms.Form):
    """What the centre says of an order."""

    decision = forms.ChoiceField(
        label="核实", choices=[("confirm", "核实无误"), ("refuse", "不予认定")], widget=forms.RadioSelect
    )
    reason = words("理由", 500, help_text="不予认定的必填，申报的企业会看到。")


class SessionForm(forms.Form):
    """A session."""

    title = words("场次", 100, required=True)
    held_on = day("日期")
    hours = forms.DecimalField(
        label="学时", min_value=Decimal("0.1"), max_digits=5, decimal_places=1, error_messages=NUMBER
    )
    place = words("地点", 100)
    speaker = words("主讲或接待", 100)

    @property
    def wish(self) -> SessionWish:
        """What was filled in."""
        return SessionWish(**self.cleaned_data)


class PeopleForm(forms.Form):
    """People of a firm who are to come."""

    firm = words("企业名称", 100, required=True)
    people = words("姓名", 1000, required=True, rows=3, help_text="几个人用顿号或换行分开；不要写电话。")


class ProspectForm(forms.Form):
    """A firm that was spoken to."""

    firm = words("企业名称", 100, required=True)
    service = forms.ChoiceField(label="服务类别", choices=list(SERVICE_KINDS.items()))
    region = words("所在地", 50)
    contacted_on = day("接触日期")
    contact_name = words("联系人", 50)
    contact_phone = phone(required=False)
    note = words("说明", 500)

    @property
    def wish(self) -> ProspectWish:
        """What was filled in."""
        return ProspectWish(**self.cleaned_data)


class ApplicationForm(forms.Form):
    """An enterprise that means to become an authorised economic operator."""

    firm = words("企业名称", 100, required=True)
    firm_code = forms.RegexField(
        r"^[0-9A-HJ-NPQRTUWXY]{18}$", label="统一社会信用代码", required=False,
        error_messages={"invalid": "应为 18 位数字和大写字母。"},
    )  # fmt: skip
    intent_on = day("意向日期")
    note = words("说明", 500)

    @property
    def wish(self) -> ApplicationWish:
        """What was filled in."""
        return ApplicationWish(**self.cleaned_data)


class StageForm(forms.Form):
    """A step of a firm or an application."""

    stage = forms.ChoiceField(label="新的进展")
    on = day("日期")
    note = words("说明", 500, help_text="未成或未通过的必填。")

    def __init__(self, *args: Any, stages: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage: Any = self.fields["stage"]
        stage.choices = list(stages)


class FileForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label="文件", error_messages={"required": "请选择文件。", "empty": "文件是空的，请重新选择。"}
    )


class EventFileForm(FileForm):
    """A file of an event and what it is for."""

    role = forms.ChoiceField(label="用途", choices=FILE_ROLES)
    field_order = ("role", "file")
