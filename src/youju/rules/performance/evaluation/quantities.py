"""A target and what was reached, as two numbers that may be compared: 553万元 and 0.0553亿元."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from youju.rules.performance.evaluation.facts import EvaluationError, Row, place, quoted
from youju.rules.performance.evaluation.points import shown
from youju.rules.performance.evaluation.schemas import LawOf
from youju.rules.performance.targets.facts import Kind, Value
from youju.rules.performance.targets.units import magnitude
from youju.rules.performance.targets.values import split_value

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_PURE, _MONEY = "multiplier", frozenset({"money", "usd", "eur"})
"""Kinds of ``policies/units.yaml``."""
_REMARK = re.compile(r"\([^()]*\)|（[^（）]*）")


@dataclass(frozen=True, slots=True)
class Pair:
    """Target and actual value, both in the target's unit; ``bare`` tells that the actual value was written without one."""

    target: Fraction
    actual: Fraction
    operator: str | None
    unit: str
    kind: str
    bare: bool
    converted: bool

    @property
    def said(self) -> str:
        """What was reached as a sentence shows it, where it was written in another unit or in none."""
        if self.converted:
            return f"，完成值折合 {shown(self.actual)}{self.unit}"
        return f"，完成值没有写单位、按“{self.unit}”计" if self.bare else ""


def is_number(row: Row) -> bool:
    """Whether the row's target states one number."""
    value = split_value(row.target).value
    return value.kind is Kind.QUANTITATIVE and value.number is not None


def pair_of(number: int, row: Row, law: LawOf) -> Pair:
    """Read the actual value against the target of a row whose target is one number.

    Raises:
        EvaluationError: blank, no single number, out of bounds, or of another kind of unit.
    """
    parts = split_value(row.target)
    target = parts.value
    if row.actual is None or not row.actual.strip():
        raise EvaluationError(
            f"目标值是{quoted(row.target)}，没有写完成值",
            where=place(number, row),
            how="请写 actual，没有完成的写 0",
        )
    done = split_value(row.actual)
    actual = done.value
    if actual.kind is not Kind.QUANTITATIVE or actual.number is None or actual.operator is not None:
        raise _unreadable(number, row, "不是一个确定的数")
    left = _REMARK.sub("", done.residue).strip()
    if left and left != parts.residue:
        raise _unreadable(number, row, f"{quoted(left)}既不是数也不是单位")
    for side, value in (("目标值", target), ("完成值", actual)):
        if not _NUMBER.fullmatch(str(value.number)):
            raise EvaluationError(
                f"{side}{quoted(str(value.number))}的位数太多",
                where=place(number, row),
                how="至多 15 位整数、6 位小数，请换一个单位",
            )
    kind = _base(target, law)[0]
    lacking = actual.unit is None and kind != _PURE
    # Nothing is nothing in any unit.
    bare = lacking and bool(Fraction(actual.number))
    if bare and kind in _MONEY:
        raise _unreadable(number, row, "没有写单位，金额不能猜")
    if lacking:
        actual = replace(actual, unit=target.unit)
    other, reached = _base(actual, law)
    if kind != other:
        why = f"与目标值的单位“{target.unit}”不能比较" if target.unit else "有单位，目标值没有，不能比较"
        raise _unreadable(number, row, why)
    one = _base(replace(target, number="1"), law)[1]
    return Pair(
        target=_base(target, law)[1] / one,
        actual=reached / one,
        operator=target.operator,
        unit=target.unit or "",
        kind=kind,
        bare=bare,
        converted=actual.unit != target.unit,
    )


def _base(value: Value, law: LawOf) -> tuple[str, Fraction]:
    """Kind and amount in the kind's base unit; a number without a unit is of the kind of 万, which only multiplies."""
    kind, amount = magnitude(str(value.number), value.unit, law)
    return kind or _PURE, Fraction(amount)


def _unreadable(number: int, row: Row, why: str) -> EvaluationError:
    return EvaluationError(
        f"目标值是{quoted(row.target)}，完成值{quoted(row.actual or '')}{why}",
        where=place(number, row),
        how="请写成一个数，单位与目标值相同或可以换算",
    )
