"""What the pages of tasks ask for. The rules judge; a form only reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from youju.foundation.identity.limits import sections
from youju.foundation.kernel.typed import tags_of
from youju.foundation.shell.fields import Refusable, day, words
from youju.office.tasks.services import Ending, MatterWish, Repeat, TaskWish
from youju.rules.office.tasks.kinds import (
    EVERY_NAMES,
    FROM_OUTSIDE,
    KIND_NAMES,
    OUTCOMES,
    TOPICS,
    Every,
)

PLANNED_KINDS = [(code, label) for code, label in KIND_NAMES.items() if code not in FROM_OUTSIDE]
People = Iterable[tuple[str, str]]


class TaskForm(Refusable):
    """A task, once or again and again."""

    kind = forms.ChoiceField(label="类别", choices=PLANNED_KINDS)
    title = words("事项", 100, required=True)
    details = words("要求", 2000, rows=3, help_text="做到什么程度、交什么证明。")
    due_on = day("期限", help_text="重复的任务写第一次的期限。")
    starts_on = day("开始日期", required=False)
    every = forms.ChoiceField(label="周期", choices=list(EVERY_NAMES.items()), initial="once")
    until = day("排到哪一天", required=False, help_text="重复的任务必填；遇到非工作日，提前到前一个工作日。")
    section = forms.ChoiceField(label="科室", required=False)
    person = forms.ChoiceField(label="办理人", required=False, help_text="不选的，由办理任务的人认领。")
    acceptor = forms.ChoiceField(
        label="验收人", required=False, help_text="不能和办理人相同；不选的，由其他人验收。"
    )
    tags = words("标签", 200, help_text="几个标签用顿号分开，例如“培训、创新”。")
    project = words("项目编码", 30, help_text="与资金项目有关的填 21 位编码。")

    def __init__(self, *args: Any, doers: People = (), acceptors: People = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices, nobody in (
            ("section", sections().items(), "不分科室"),
            ("person", doers, "待认领"),
            ("acceptor", acceptors, "办理人以外的人"),
        ):
            field: Any = self.fields[name]
            field.choices = [("", nobody), *choices]

    @property
    def wish(self) -> TaskWish:
        """What was filled in."""
        given: dict[str, Any] = dict(self.cleaned_data)
        every = Every(given.pop("every", "") or "once")
        until = given.pop("until", None)
        given.pop("reason", None)
        given["tags"] = tags_of(given["tags"])
        return TaskWish(**given, repeat=Repeat(every, until if every is not Every.ONCE else None))


class EditForm(TaskForm):
    """A task that is open: kind, repeat and doer stay."""

    reason = words("推迟期限的理由", 500, help_text="期限往后推的必填。")

    def __init__(self, *args: Any, outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "every", "until", "person"):
            del self.fields[name]
        if outside:
            self.fields["due_on"].disabled = True
        self.outside = outside

    @property
    def wish(self) -> TaskWish:
        """What was filled in."""
        given: dict[str, Any] = dict(self.cleaned_data)
        given.pop("reason", None)
        given["tags"] = tags_of(given["tags"])
        return TaskWish(kind="", **given)


class MatterForm(Refusable):
    """A request or dispute as an enterprise brings it."""

    topic = forms.ChoiceField(label="事由")
    title = words("一句话说明", 100, required=True)
    details = words("经过和要求", 2000, required=True, rows=5)
    other_side = words("对方名称", 100, required=True)
    other_code = words("对方备案号或信用代码", 32, help_text="知道的填。")
    reference = words("有关单号", 100, help_text="交易单、报关单、提单或运单号。")
    amount = forms.DecimalField(
        label="涉及金额（元）", required=False, min_value=0, max_digits=18, decimal_places=2,
        error_messages={"invalid": "请填数字，例如 12800.00。"},
    )  # fmt: skip
    contact_name = words("联系人", 50, required=True)
    contact_phone = forms.RegexField(
        r"^[0-9+()\- ]{7,20}$", label="联系电话", error_messages={"required": "这一栏必填。", "invalid": "请填电话号码。"},
        help_text="加密保存，只有办理的人看得到。",
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic: Any = self.fields["topic"]
        topic.choices = [("", "请选择"), *TOPICS[kind].items()]
        self.kind = kind
        if kind == "request":
            for name in ("other_side", "other_code"):
                del self.fields[name]

    @property
    def wish(self) -> MatterWish:
        """What was filled in."""
        return MatterWish(kind=self.kind, **self.cleaned_data)


class ReceiveForm(MatterForm):
    """The same, written down by staff for somebody."""

    applicant = words("申请方", 100, required=True)
    applicant_code = words("申请方备案号或信用代码", 32)

    field_order = ("applicant", "applicant_code")


class EndingForm(forms.Form):
    """How a task went, as it is submitted."""

    note = words("完成情况", 1000, rows=3)
    outcome = forms.ChoiceField(label="是否解决", required=False, choices=[("", "请选择"), *OUTCOMES.items()])
    result = words("给申请方的答复", 1000, rows=3)

    def __init__(self, *args: Any, outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not outside:
            del self.fields["outcome"], self.fields["result"]

    @property
    def ending(self) -> Ending:
        """What was filled in."""
        return Ending(**self.cleaned_data)


class MediationForm(forms.Form):
    """One step of a mediation."""

    held_on = day("日期")
    text = words("经过", 1000, required=True, rows=3)
    shown = forms.BooleanField(label="申请方可以看到这一条", required=False, initial=True)


class HandForm(forms.Form):
    """To whom a task is handed, and why."""

    to = forms.ChoiceField(label="转给", required=False)
    reason = words("理由", 500, required=True, rows=2)

    def __init__(self, *args: Any, doers: People = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.choices = [("", "放回待认领"), *doers]


class FileForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label="文件", error_messages={"required": "请选择文件。", "empty": "文件是空的，请重新选择。"}
    )
