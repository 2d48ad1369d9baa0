"""What the pages of surveys ask for. The rules judge; a form only reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from youju.foundation.kernel.typed import tags_of
from youju.foundation.shell.fields import day, words
from youju.office.surveys.documents.codes import FORMATS
from youju.office.surveys.services import QuestionWish, SurveyWish
from youju.rules.office.surveys.channels import CHANNEL_KINDS
from youju.rules.office.surveys.questions import KIND_NAMES

NUMBER = {"required": "这一栏必填。", "invalid": "请填整数。"}
QUARTERS = [(0, "全年"), (1, "第一季度"), (2, "第二季度"), (3, "第三季度"), (4, "第四季度")]


class SurveyForm(forms.Form):
    """A questionnaire without its questions."""

    title = words("标题", 100, required=True, help_text="例如：2023 年度服务对象满意度调查")
    title_en = words("英文标题", 200)
    intro = words("说明", 500, rows=3, help_text="答卷页最上面的话：问谁、为什么问、匿名。")
    intro_en = words("英文说明", 1000, rows=3)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100, error_messages=NUMBER)
    quarter = forms.TypedChoiceField(label="期间", choices=QUARTERS, coerce=int)
    project = words("项目编码", 30, help_text="绩效指标按它取数；不属于哪个项目的不填。")
    tags = words("标签", 200, help_text="几个标签用顿号分开，用来查找。")
    closes_on = day("截止日期", help_text="这一天仍然可以答卷，第二天凌晨自动结束。")
    previous = forms.TypedChoiceField(label="上一次调查", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, earlier: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        previous: Any = self.fields["previous"]
        previous.choices = [("", "按项目和年度自动找"), *earlier]

    @property
    def wish(self) -> SurveyWish:
        """What was filled in."""
        given: dict[str, Any] = dict(self.cleaned_data)
        return SurveyWish(**(given | {"tags": tags_of(given["tags"])}))


class QuestionForm(forms.Form):
    """One question."""

    kind = forms.ChoiceField(label="题型", choices=list(KIND_NAMES.items()))
    text = words("题目", 200, required=True)
    text_en = words("英文题目", 400)
    tags = words(
        "标签",
        200,
        help_text="social 社会影响、service 服务能力、staff 人员归属感、expectation 企业预期；也可以用别的。",
    )
    options = words(
        "选项",
        4000,
        rows=5,
        help_text="选择题一行一个：中文 | English。量表不写就用“很不满意”到“很满意”五级，自己写的由差到好。",
    )
    required = forms.BooleanField(label="必答", required=False)

    @property
    def wish(self) -> QuestionWish:
        """What was filled in."""
        given: dict[str, Any] = dict(self.cleaned_data)
        lines = [line.partition("|") for line in given["options"].splitlines() if line.strip()]
        options = tuple((zh.strip(), en.strip()) for zh, _, en in lines)
        return QuestionWish(**(given | {"tags": tags_of(given["tags"]), "options": options}))


class ChannelForm(forms.Form):
    """A way by which the survey reaches people."""

    name = words(
        "渠道名称", 50, required=True, help_text="例如：办事大厅、微信群、走访。不要写个人或单个企业。"
    )
    kind = forms.ChoiceField(label="方式", choices=list(CHANNEL_KINDS.items()))


class TokensForm(forms.Form):
    """How many codes, printed how."""

    count = forms.IntegerField(label="个数", min_value=1, error_messages=NUMBER)
    form = forms.ChoiceField(label="格式", choices=list(FORMATS.items()))


class HandOutForm(forms.Form):
    """How many were handed out altogether."""

    handed_out = forms.IntegerField(label="发出份数", min_value=0, error_messages=NUMBER)


class PutOffForm(forms.Form):
    """Another last day."""

    closes_on = day("截止日期")
