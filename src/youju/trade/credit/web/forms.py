"""What the pages of credit ask for. The rules judge; a form only reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from youju.foundation.shell.fields import Refusable, words
from youju.rules.trade.credit.lifecycle import LIST_STATES, PLEA_STATES, PLEAS
from youju.rules.trade.credit.policy import DEDUCT, CreditPolicy

_SEARCH = {"type": "search", "placeholder": "名称或备案号"}
_NUMBER = {"required": "这一栏必填。", "invalid": "请填数字，例如 20。", "min_value": "不能小于 0。"}


def search() -> forms.CharField:
    """The field that finds parties."""
    return forms.CharField(label="查找", required=False, max_length=50, widget=forms.TextInput(attrs=_SEARCH))


class ScoreFilterForm(forms.Form):
    """The names are those of ``selectors.ScoreFilter``."""

    text = search()
    month = forms.ChoiceField(label="月份", required=False)
    grade = forms.ChoiceField(label="等级", required=False)

    months: Iterable[str] = ()
    grades: Iterable[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from youju.trade.credit.selectors import grades_of, latest_snapshot
        from youju.trade.credit.selectors.scores import months_scored

        month: Any = self.fields["month"]
        month.choices = [("", "最近一期"), *((each, each) for each in months_scored())]
        latest = latest_snapshot()
        grade: Any = self.fields["grade"]
        grade.choices = [
            ("", "全部"),
            *((code, f"{code} {each.title}") for code, each in (grades_of(latest) if latest else {}).items()),
        ]


class PleaFilterForm(forms.Form):
    """What narrows appeals and repairs."""

    text = search()
    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "全部"), *PLEAS.items()])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *PLEA_STATES.items()])


class ListFilterForm(forms.Form):
    """What narrows publicity lists."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *LIST_STATES.items()])


class MoveFilterForm(forms.Form):
    """What narrows those whom a trial moves."""

    text = search()
    moved = forms.BooleanField(label="等级变化的", required=False)


class PleaForm(Refusable):
    """An appeal or a repair; the files are read from the request by name."""

    reason = words(
        "理由", 1000, required=True, rows=4, help_text="写明事情经过、认为哪里不对，或怎样整改的。"
    )
    first = forms.FileField(label="证据一", required=False, help_text="照片、单证或决定书。")
    second = forms.FileField(label="证据二", required=False)
    third = forms.FileField(label="证据三", required=False)

    @property
    def given(self) -> list[tuple[Any, str]]:
        """The files with their names."""
        files = (self.cleaned_data.get(name) for name in ("first", "second", "third"))
        return [(each, each.name) for each in files if each]


class TrialForm(Refusable):
    """Weights, deductions, bands and edges of the policy in force, to be changed and tried."""

    title = words("名称", 100, required=True, help_text="例如 提高申报质量的满分。")

    def __init__(self, *args: Any, policy: CreditPolicy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy
        for item in policy.items:
            self._number(f"{item.code}--weight", f"{item.title}：满分", item.weight)
            for kind, points in item.each.items():
                self._number(
                    f"{item.code}--each--{kind}", f"{item.title}：{kind_title(kind)}每次扣分", points
                )
            if item.way != DEDUCT:
                written = "，".join(f"{edge:f}:{share:f}" for edge, share in item.bands)
                field = words(
                    f"{item.title}：分档",
                    300,
                    required=True,
                    help_text="界限:得分比例，从好到差，用逗号分开。",
                )
                field.initial = written
                self.fields[f"{item.code}--bands"] = field
        for grade in policy.grades:
            if grade.least:
                self._number(f"grade--{grade.code}", f"{grade.code} 级（{grade.title}）分数线", grade.least)

    def _number(self, name: str, label: str, value: Any) -> None:
        self.fields[name] = forms.DecimalField(
            label=label, min_value=0, max_digits=7, decimal_places=2, initial=value, error_messages=_NUMBER
        )

    @property
    def plain(self) -> Mapping[str, Any]:
        """The policy as typed."""
        given = self.cleaned_data
        items = {code: dict(row) for code, row in self.policy.plain["items"].items()}
        for item in self.policy.items:
            row = items[item.code]
            row["weight"] = f"{given[f'{item.code}--weight']:f}"
            if item.each:
                row["each"] = {kind: f"{given[f'{item.code}--each--{kind}']:f}" for kind in item.each}
            if item.way != DEDUCT:
                row["bands"] = bands_of(given[f"{item.code}--bands"])
        grades = {code: dict(row) for code, row in self.policy.plain["grades"].items()}
        for grade in self.policy.grades:
            if grade.least:
                grades[grade.code]["least"] = f"{given[f'grade--{grade.code}']:f}"
        return {"items": items, "grades": grades}


def bands_of(text: str) -> list[list[str]]:
    """``"0:1，2:0.9"`` → ``[["0", "1"], ["2", "0.9"]]``; what is no pair is left for the policy's reader to refuse."""
    parts = [
        part
        for part in text.replace("，", ",").replace("：", ":").replace("\0", "").split(",")
        if part.strip()
    ]
    return [[side.strip() for side in part.split(":")] for part in parts]


def kind_title(kind: str) -> str:
    """The Chinese name of a kind of record."""
    from youju.rules.trade.credit.kinds import title_of

    return title_of(kind)
