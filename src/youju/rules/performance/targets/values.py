"""An indicator value taken apart: ``≥2,000.50万元`` → ≥, 2000.50, 万元.

What is printed decides. A comparison may be a sign (≥ ＞＝ >= ≧ ⩾ 》=) or a word of fixed meaning (不低于,
不超过, 以上, 以内); the words count as their sign, because 民法典 art. 1259 fixes what they include. Text
that is no unit of measure is none, and a value of several numbers (``90%-95%``) has no one number: its
number is ``None``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from youju.rules.performance.targets.facts import Kind, Value
from youju.rules.performance.targets.periods import is_deadline, without_periods
from youju.rules.performance.targets.units import UNIT_PATTERN

_WIDE: dict[int, int | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE |= {0x3000: 0x20, 0xA0: 0x20, 0x2212: 0x2D, 0x200B: None, 0xFEFF: None}

_GREATER, _LESS = "[>》〉﹥]", "[<《〈﹤]"
_COMPARISONS = (
    ("≥", rf"≥\s*=?|[≧⩾≽≮]|{_GREATER}\s*=|=\s*{_GREATER}|不得?低于|不得?少于|不小于|大于或?等于|至少|最少"),
    (
        "≤",
        rf"≤\s*=?|[≦⩽≼≯]|{_LESS}\s*=|=\s*{_LESS}|不得?高于|不得?多于|不得?超过|不大于|小于或?等于|至多|最多",
    ),
    (">", rf"{_GREATER}|大于|高于|超过|多于"),
    ("<", rf"{_LESS}|小于|低于|少于"),
    ("=", "=|等于"),
)
_CLEAR = (
    ("≥", r"[≥≧⩾]\s*=?|>\s*=|》\s*=|不得?低于|不得?少于|不小于|至少"),
    ("≤", r"[≤≦⩽]\s*=?|<\s*=|《\s*=|不得?高于|不得?多于|不得?超过|不大于"),
    (">", ">"),
    ("<", "<"),
    ("=", "="),
)
_SUFFIXES = (("≥", "及?以上"), ("≤", "及?以下|以内|之内|内"))
_NUMBER = r"[-+]?\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|[-+]?\d+(?:\.\d+)?"
_NOUN = (
    "企业|单位|公司|机构|商户|主体|项目|平台|活动|培训|报告|人员|学员|学生|群众|村|社区"
    "|制度|任务|工作|措施|政策|标准|规划|方案|系统|课题|成果|专利|案件|商品|摊位|展会"
)
_AFTER = rf"(?:(?:{_NOUN}))?(?=$|[\s(（【\[，,、；;。:~～—–至到且和与或-]|及?以上|及?以下|以内|之内|内$|左右)"


def _choice(pairs: tuple[tuple[str, str], ...]) -> str:
    return "|".join(f"(?P<s{index}>{pattern})" for index, (_, pattern) in enumerate(pairs))


_LEADING = re.compile(rf"(?:{_choice(_COMPARISONS)})?\s*(?P<number>{_NUMBER})")
_INSIDE = re.compile(rf"(?:{_choice(_CLEAR)})\s*(?P<number>{_NUMBER})")
_MEASURE = rf"(?P<unit>{UNIT_PATTERN})(?:(?<=[%‰])|{_AFTER})"
_UNIT = re.compile(rf"\s*{_MEASURE}")
_NUMBER_WITH_UNIT = re.compile(rf"(?P<number>{_NUMBER})\s*{_MEASURE}")
_SUFFIX = re.compile(rf"\s*(?:{_choice(_SUFFIXES)})")
_MORE = re.compile(rf"\s*(?:[-~～—–−:/]+|至|到)\s*(?:{_NUMBER})|.*?(?:[≥≤≧≦⩾⩽]|[<>]\s*=?)\s*\d")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Parts:
    """A value with what :class:`Value` drops: ``residue`` is the text that is neither sign, number nor unit,
    ``several`` tells that more than one number is stated (a range, two bounds, a ratio)."""

    value: Value
    residue: str = ""
    several: bool = False


def plain(text: str) -> str:
    """Full-width letters, digits and signs made half-width, ends stripped; 、。【】《》 are kept."""
    return text.translate(_WIDE).strip()


def parse_value(raw: str) -> Value:
    """Take an indicator value apart as ``interfaces.md`` (``targets read``) says; never raises."""
    return split_value(raw).value


@lru_cache(maxsize=4096)
def split_value(raw: str) -> Parts:
    """Take an indicator value apart and keep what is left over; never raises."""
    text = plain(raw)
    if is_deadline(text):
        return Parts(Value(Kind.DEADLINE), text)
    rest = without_periods(text) if _DIGITS.search(text) else text
    leading = _LEADING.match(rest)
    if leading:
        return _quantity(_sign(leading, _COMPARISONS), leading["number"], rest[leading.end() :])
    inside = _INSIDE.search(rest)
    if inside:
        before = rest[: inside.start()]
        return _quantity(_sign(inside, _CLEAR), inside["number"], rest[inside.end() :], before)
    if len(_DIGITS.findall(rest)) == 1:
        measured = _NUMBER_WITH_UNIT.search(rest)
        if measured:
            before = rest[: measured.start()]
            return _quantity(None, measured["number"], rest[measured.start("unit") :], before)
    return Parts(Value(Kind.QUALITATIVE), text)


def _quantity(operator: str | None, number: str, rest: str, before: str = "") -> Parts:
    """Read unit and trailing comparison after a number, and tell whether further numbers follow."""
    unit = None
    found = _UNIT.match(rest)
    if found:
        unit, rest = found["unit"], rest[found.end("unit") :]
    suffix = _SUFFIX.match(rest)
    if suffix:
        operator, rest = operator or _sign(suffix, _SUFFIXES), rest[suffix.end() :]
    several = bool(_MORE.match(rest))
    if several and unit is None:
        later = _NUMBER_WITH_UNIT.search(rest)
        unit = later["unit"] if later else None
    digits = None if several else number.replace(",", "").lstrip("+")
    value = Value(Kind.QUANTITATIVE, None if several else operator, digits, unit)
    return Parts(value, (before + rest).strip(), several)


def _sign(found: re.Match[str], pairs: tuple[tuple[str, str], ...]) -> str | None:
    for index, (sign, _) in enumerate(pairs):
        if found[f"s{index}"] is not None:
            return sign
    return None
