"""The credit policy (信用评价办法) as data: items, grades, ceilings; read from the law or from a trial's plain text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from youju.rules.trade.credit.kinds import KINDS

ITEMS, GRADES, CEILINGS = "trade.credit.items", "trade.credit.grades", "trade.credit.ceilings"
PARTS = {"items": ITEMS, "grades": GRADES, "ceilings": CEILINGS}
DEDUCT, RATE, STANDING = "deduct", "rate", "standing"
WAYS = {DEDUCT: "逐次扣分", RATE: "按比率分档", STANDING: "按时长分档"}


class PolicyFaultError(ValueError):
    """A policy that cannot be applied: ``where`` it is wrong and what is wrong."""

    def __init__(self, where: str, what: str) -> None:
        self.where, self.what = where, what
        super().__init__(f"{where}：{what}")


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``bands`` from the best to the worst: the edge (a rate in %, or months) and the share of the weight.

    Args:
        way: ``deduct``: each bad record takes points; ``rate``: bad of all by bands, an edge is the greatest rate that still
            counts; ``standing``: months without a bad record by bands, an edge is the least.
        each: kind → points that one record takes (``deduct``).
        bad, good: the kinds that count (``rate``, ``standing``).
        least: of how many records a rate is reckoned at least, so that one slip of two is not a half.
        without: the share where there is no record at all (``rate``).
    """

    code: str
    title: str
    weight: Decimal
    months: int
    way: str
    each: Mapping[str, Decimal]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    bands: tuple[tuple[Decimal, Decimal], ...]
    least: int
    without: Decimal

    @property
    def against(self) -> tuple[str, ...]:
        """The kinds that speak against a party here."""
        return tuple(self.each) if self.way == DEDUCT else self.bad

    @property
    def kinds(self) -> frozenset[str]:
        """All kinds that it looks at."""
        return frozenset((*self.each, *self.bad, *self.good))


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade: from how many points on, and its word."""

    code: str
    least: Decimal
    title: str


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The best grade that is left where there is a record of the kind within so many months."""

    kind: str
    grade: str
    months: int


@dataclass(frozen=True, slots=True)
class CreditPolicy:
    """All of it; ``grades`` from the best to the worst. ``plain`` is what it was read from, ``hash`` its SHA-256."""

    items: tuple[Item, ...]
    grades: tuple[Grade, ...]
    ceilings: tuple[Ceiling, ...]
    plain: Mapping[str, Any]
    hash: str

    @property
    def months(self) -> int:
        """How far back evidence is asked for."""
        windows = [each.months for each in self.items] + [each.months for each in self.ceilings]
        return max(windows, default=0)

    def grade_at(self, points: Decimal) -> Grade:
        """The grade of so many points: the first whose edge they reach."""
        return next(each for each in self.grades if points >= each.least)

    def rank(self, code: str) -> int:
        """0 is the best grade."""
        return next(place for place, each in enumerate(self.grades) if each.code == code)


def policy_of(law: Mapping[str, Any]) -> CreditPolicy:
    """The policy of a day's law.

    Raises:
        PolicyFaultError: it cannot be applied.
    """
    return read_policy({part: law[name] for part, name in PARTS.items()})


def read_policy(plain: Mapping[str, Any]) -> CreditPolicy:
    """A policy from ``{"items": …, "grades": …, "ceilings": …}``.

    Raises:
        PolicyFaultError: a part is missing or of another shape, a number is none, a kind or grade is unknown.
    """
    for part in PARTS:
        if not isinstance(plain.get(part), Mapping):
            raise PolicyFaultError(part, "没有这一部分，或不是“名称：内容”的表")
    fixed = {part: _thawed(plain[part]) for part in PARTS}
    items = tuple(_item(code, given) for code, given in fixed["items"].items())
    grades = tuple(sorted(_grades(fixed["grades"]), key=lambda each: -each.least))
    if not items or not grades:
        raise PolicyFaultError("items" if grades else "grades", "至少要有一项")
    if grades[-1].least:
        raise PolicyFaultError("grades", "最低一级的分数线应为 0，否则有人没有等级")
    ceilings = tuple(_ceilings(fixed["ceilings"], {each.code for each in grades}))
    text = json.dumps(fixed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return CreditPolicy(items, grades, ceilings, fixed, hashlib.sha256(text.encode()).hexdigest())


def _thawed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _thawed(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_thawed(each) for each in value]
    return str(value) if isinstance(value, Decimal) else value


def _item(code: str, given: Any) -> Item:
    where = f"items.{code}"
    if not isinstance(given, Mapping):
        raise PolicyFaultError(where, "不是“名称：内容”的表")
    way = given.get("way")
    if way not in WAYS:
        raise PolicyFaultError(f"{where}.way", f"应是 {'、'.join(WAYS)} 之一")
    each = {
        _kind(kind, f"{where}.each"): _number(points, f"{where}.each.{kind}")
        for kind, points in _table(given, "each", where)
    }
    bad, good = (
        tuple(_kind(kind, f"{where}.{side}") for kind in _list(given, side, where))
        for side in ("bad", "good")
    )
    bands = tuple(_band(pair, f"{where}.bands") for pair in _list(given, "bands", where))
    if way == DEDUCT and not each:
        raise PolicyFaultError(f"{where}.each", "逐次扣分的项目要写明每种记录扣几分")
    if way != DEDUCT and not (bad and bands):
        raise PolicyFaultError(where, "分档的项目要有 bad 和 bands")
    if set(bad) & set(good):
        raise PolicyFaultError(where, "同一种记录不能既算好又算坏")
    return Item(
        code, str(given.get("title") or code), _number(given.get("weight"), f"{where}.weight"),
        _whole(given.get("months"), f"{where}.months"), way, each, bad, good, bands,
        _whole(given.get("least", 1), f"{where}.least"), _share(given.get("without", "1"), f"{where}.without"),
    )  # fmt: skip


def _grades(given: Mapping[str, Any]) -> Iterator[Grade]:
    for code, row in given.items():
        if not isinstance(row, Mapping) or "least" not in row:
            raise PolicyFaultError(f"grades.{code}", "要有 least（分数线）")
        yield Grade(code, _number(row["least"], f"grades.{code}.least"), str(row.get("title") or code))


def _ceilings(given: Mapping[str, Any], grades: set[str]) -> Iterator[Ceiling]:
    for kind, row in given.items():
        if not isinstance(row, Mapping) or row.get("grade") not in grades:
            raise PolicyFaultError(f"ceilings.{kind}", f"等级应是 {'、'.join(sorted(grades))} 之一")
        months = _whole(row.get("months"), f"ceilings.{kind}.months")
        yield Ceiling(_kind(kind, "ceilings"), row["grade"], months)


def _band(given: Any, where: str) -> tuple[Decimal, Decimal]:
    try:
        edge, share = given
    except (TypeError, ValueError):
        raise PolicyFaultError(where, "每档写成 [界限, 得分比例]") from None
    return _number(edge, where), _share(share, where)


def _table(given: Mapping[str, Any], name: str, where: str) -> list[tuple[str, Any]]:
    found = given.get(name, {})
    if not isinstance(found, Mapping):
        raise PolicyFaultError(f"{where}.{name}", "不是“名称：内容”的表")
    return list(found.items())


def _list(given: Mapping[str, Any], name: str, where: str) -> list[Any]:
    found = given.get(name, [])
    if not isinstance(found, list):
        raise PolicyFaultError(f"{where}.{name}", "应是一个列表")
    return found


def _kind(code: Any, where: str) -> str:
    if not isinstance(code, str) or code not in KINDS:
        raise PolicyFaultError(where, f"没有“{code}”这种记录")
    return code


def _number(value: Any, where: str) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise PolicyFaultError(where, f"“{value}”不是数") from None
    if not number.is_finite() or number < 0:
        raise PolicyFaultError(where, f"“{value}”应是不小于 0 的数")
    return number


def _share(value: Any, where: str) -> Decimal:
    share = _number(value, where)
    if share > 1:
        raise PolicyFaultError(where, f"得分比例“{value}”不能大于 1")
    return share


def _whole(value: Any, where: str) -> int:
    number = _number(value, where)
    if number != number.to_integral_value() or number < 1:
        raise PolicyFaultError(where, f"“{value}”应是大于 0 的整数")
    return int(number)
