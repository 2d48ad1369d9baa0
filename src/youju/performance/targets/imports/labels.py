"""The words that name a place in the form. Forms of other counties spell them a little differently."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

_LONGEST = 24
_TAIL = re.compile(r"\([^()]*\)$")
_MONTH = re.compile(r"(?:\d{4}年)?(?:截至|至)?(1[0-2]|0?[1-9])月(?:底|末|份|\d+日)?(?:前|累计|支出|计划)*")
_ORDINAL = "一二三四五六七八九十百"
_NUMBERING = re.compile(
    rf"\s*(?:第[{_ORDINAL}\d]+(?:部分|章|节)|[(（]\s*[{_ORDINAL}\d]+\s*[)）]|[{_ORDINAL}]+\s*[、.．]|\d{{1,2}}\s*[、．)）]|\d{{1,2}}\s*\.(?!\d))\s*"
)


class Field(StrEnum):
    """What the head of a project table states."""

    CODE = "项目编码"
    NAME = "项目名称"
    BUDGET = "预算数"
    FISCAL = "财政资金"
    OTHER = "其他资金"
    PURPOSE = "资金用途"
    SCALE = "预算规模及资金用途"
    PLAN = "资金支出计划"
    GOALS = "绩效目标"


class Column(StrEnum):
    """The columns of the indicator rows that are read; others (分值, 备注 …) are passed over."""

    LEVEL1 = "一级指标"
    LEVEL2 = "二级指标"
    LEVEL3 = "三级指标"
    DESCRIPTION = "绩效指标描述"
    SIGN = "指标性质"
    VALUE = "指标值"
    UNIT = "计量单位"
    BASIS = "指标值确定依据"


_FIELDS = {
    Field.CODE: "项目编码 项目代码 项目编号",
    Field.NAME: "项目名称",
    Field.BUDGET: "预算数 预算金额 预算总额 预算资金 项目预算 资金总额 年度资金总额 项目资金总额 年度预算数 项目总预算",
    Field.FISCAL: "其中:财政资金 财政资金 其中财政资金 其中:财政拨款 财政拨款 其中财政拨款 当年财政拨款 其中:当年财政拨款",
    Field.OTHER: "其他资金 其中:其他资金 其它资金 其中:其它资金",
    Field.PURPOSE: "资金用途 用途 项目用途 资金使用用途",
    Field.SCALE: "预算规模及资金用途 预算规模和资金用途 预算规模与资金用途",
    Field.PLAN: "资金支出计划 支出计划 资金支出进度计划 资金使用计划 支出进度计划 用款计划",
    Field.GOALS: "绩效目标 年度绩效目标 年度目标 总体目标 年度总体目标 项目绩效目标 项目目标 总体绩效目标 绩效总目标",
}
_COLUMNS = {
    Column.LEVEL1: "一级指标",
    Column.LEVEL2: "二级指标",
    Column.LEVEL3: "三级指标 指标名称 绩效指标名称",
    Column.DESCRIPTION: "绩效指标描述 指标描述 指标说明 绩效指标说明 指标解释 指标内容 绩效指标内容 描述",
    Column.SIGN: "指标性质 符号 运算符号 计算符号 比较符 指标符号",
    Column.VALUE: "指标值 绩效指标值 目标值 年度指标值 指标目标值 年初指标值 预期指标值 预期值 年度目标值",
    Column.UNIT: "计量单位 度量单位 指标单位 指标值单位",
    Column.BASIS: "指标值确定依据 指标确定依据 确定依据 指标值依据 依据 指标值来源 指标值设定依据 设定依据 指标依据",
}
_FIELD_OF = {name: field for field, names in _FIELDS.items() for name in names.split()}
_COLUMN_OF = {name: column for column, names in _COLUMNS.items() for name in names.split()}


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """A label without what differs between forms: width, white space, end colon, star, a unit in brackets."""
    word = "".join(unicodedata.normalize("NFKC", text).split()).strip("*:※")
    return _TAIL.sub("", word).strip("*:") if word.endswith(")") else word


@lru_cache(maxsize=16384)
def field_of(text: str) -> Field | None:
    """The field that a cell names, if it is a label at all."""
    return _FIELD_OF.get(plain(text)) if 0 < len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def column_of(text: str) -> Column | None:
    """The column that a header cell names, if any."""
    return _COLUMN_OF.get(plain(text)) if 0 < len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def month_of(text: str) -> str | None:
    """The two digits of the month that a cell of the spending plan names: 3月底 → ``03``."""
    if not 0 < len(text) <= _LONGEST or "月" not in text:
        return None
    found = _MONTH.fullmatch(plain(text))
    return f"{int(found[1]):02d}" if found else None


def field_with_value(text: str) -> tuple[Field, str] | None:
    """A cell or paragraph that holds label and value both: ``项目编码：1306…``."""
    for mark in ("：", ":"):
        head, found, value = text.partition(mark)
        field = field_of(head) if found and value.strip() else None
        if field in (Field.CODE, Field.NAME, Field.BUDGET, Field.FISCAL, Field.OTHER, Field.PURPOSE):
            return field, value
    return None


def without_number(text: str) -> tuple[str, bool]:
    """A heading without its number (一、 （一） 1. 第一部分), and whether it had one."""
    found = _NUMBERING.match(text)
    return (text[found.end() :], True) if found else (text, False)


def numbering_style(text: str) -> str:
    """How a line is numbered, whatever its number: ``（一）`` and ``(十二)`` alike, ``1.`` and ``12.`` alike; empty if not."""
    found = _NUMBERING.match(text)
    if not found:
        return ""
    sign = unicodedata.normalize("NFKC", found[0]).strip()
    return re.sub(r"\d+", "1", re.sub(r"[〇零一二三四五六七八九十百]+", "一", sign))


def is_numbered(text: str) -> bool:
    """Whether a line begins with a number of an enumeration."""
    return _NUMBERING.match(text) is not None
