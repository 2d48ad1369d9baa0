"""What the pages of evaluations ask for. The rules judge; a form only reads."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django import forms
from django.http import QueryDict

from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.fields import words
from youju.performance.evaluation.services import FillWish, OwnPoints, RowWish
from youju.rules.performance.evaluation.lifecycle import STATES

_MOST_ROWS, _LONGEST = 1000, 12
GRADES = ("优", "良", "中", "差")


class SelfFilterForm(forms.Form):
    """The names are those of ``selectors.SelfFilter``."""

    q = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "项目名称或编码"}),
    )  # fmt: skip
    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2099)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    grade = forms.ChoiceField(
        label="等级", required=False, choices=[("", "全部"), *((each, each) for each in GRADES)]
    )


class YearFilterForm(forms.Form):
    """A year."""

    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2099)


class EvidenceForm(forms.Form):
    """A file of evidence."""

    file = forms.FileField(label="佐证材料", help_text="docx、xlsx、pdf、图片等，至多 50 MB。")


class KeyOpenForm(forms.Form):
    """The project of a new key evaluation."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2099)
    project = words("项目编码", 64, required=True)


class KeyWordsForm(forms.Form):
    """What a key evaluation's report says."""

    experience = words("主要经验及做法", 4000, rows=4)
    problems = words("存在的问题及原因", 4000, rows=4)
    advice = words("有关建议", 4000, rows=4)


def number_of(data: QueryDict, name: str, label: str) -> Decimal | None:
    """A number that somebody typed; ``None`` where nothing is.

    Raises:
        InputError: it is no plain decimal number.
    """
    text = data.get(name, "").strip().rstrip("%％").strip()
    if not text:
        return None
    try:
        if len(text) > _LONGEST:
            raise InvalidOperation
        found = Decimal(text)
    except InvalidOperation as error:
        raise InputError(f"“{text[:20]}”不是一个数", where=label, how="请填数字，如 85 或 7.5") from error
    if not found.is_finite() or -found.as_tuple().exponent > 2:  # type: ignore[operator]
        raise InputError(f"“{text[:20]}”至多两位小数", where=label, how="请改正")
    return found


def fill_wish(data: QueryDict) -> FillWish:
    """What the section's form says; a field that is not there is left as it is.

    Raises:
        InputError: a number that is none.
    """
    rows: dict[int, RowWish] = {}
    for number in _numbers(data, "row"):
        at = f"第 {number} 行"
        tier = data.get(f"tier-{number}")
        rows[number] = RowWish(
            cause=data.get(f"cause-{number}"),
            improvement=data.get(f"improvement-{number}"),
            tier=tier,
            tier_rate=number_of(data, f"rate-{number}", at) if tier else None,
            weight=number_of(data, f"weight-{number}", at),
        )
    return FillWish(data.get("done"), data.get("execution_reason"), rows)


def own_points(data: QueryDict) -> dict[int, OwnPoints]:
    """What finance's form says, by row.

    Raises:
        InputError: a number that is none.
    """
    return {
        number: OwnPoints(
            number_of(data, f"own-{number}", f"第 {number} 行"), data.get(f"reason-{number}", "")
        )
        for number in _numbers(data, "row")
    }


def key_points(data: QueryDict) -> tuple[Mapping[int, Decimal | None], Mapping[int, str]]:
    """An expert's points and words by item.

    Raises:
        InputError: a number that is none.
    """
    numbers = _numbers(data, "item")
    points = {number: number_of(data, f"points-{number}", f"第 {number} 项") for number in numbers}
    return points, {number: data.get(f"comment-{number}", "") for number in numbers}


def key_weights(data: QueryDict) -> dict[int, Decimal]:
    """Weights by item.

    Raises:
        InputError: a number that is none, or none at all.
    """
    found = {}
    for number in _numbers(data, "item"):
        weight = number_of(data, f"weight-{number}", f"第 {number} 项")
        if weight is None or weight < 0:
            raise InputError("没有写权重", where=f"第 {number} 项", how="请填不小于零的数")
        found[number] = weight
    return found


def _numbers(data: QueryDict, name: str) -> list[int]:
    found = [int(each) for each in data.getlist(name) if each.isascii() and each.isdigit() and len(each) <= 4]
    return found[:_MOST_ROWS]
