"""Whether a printed figure is the right one: equal in its own digits and unit."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from youju.rules.performance.report_checks.facts import Bound, Fact, Figure, Kind, Relation
from youju.rules.performance.report_checks.lexicon import Slack
from youju.rules.performance.report_checks.measuring import (
    BARE,
    COUNT,
    MARKS,
    PERCENT,
    POINTS,
    alike,
    converted,
    dimension,
    scaled,
)

_HUNDRED = Decimal(100)
_TEN_THOUSAND = Decimal(10000)


def relation(figure: Figure, fact: Fact, slack: Slack) -> Relation:
    """How a figure stands to one fact; ``slack`` is what 约 and its like allow."""
    if figure.text:
        return Relation.EQUAL if figure.text[:1] == fact.text[:1] else Relation.WRONG
    if fact.value is None:
        return Relation.WRONG
    one, two = dimension(figure.unit), dimension(fact.unit)
    if one != two and BARE not in (one, two):
        slipped = Relation.POINTS if {one, two} == {PERCENT, POINTS} else Relation.UNIT
        return slipped if _same(figure, fact.value, figure.number) else Relation.WRONG
    right = converted(fact.value, fact.unit, figure.unit)
    verdict = _at_scale(figure, right, slack, fact)
    if verdict is Relation.WRONG and _scale_slipped(figure, fact):
        return Relation.UNIT
    if verdict is not Relation.WRONG and one == COUNT and not alike(figure.unit, fact.unit):
        return Relation.UNIT
    return verdict


def _at_scale(figure: Figure, right: Decimal, slack: Slack, fact: Fact) -> Relation:
    if figure.upper is not None:
        return Relation.EQUAL if figure.number <= right <= figure.upper else Relation.WRONG
    if _rounded(right, figure.decimals) == figure.number:
        return Relation.EQUAL
    printed = figure.number
    bound = figure.bound
    if bound is not Bound.NONE and fact.kind is not Kind.TARGET and bounded(bound, printed, right, slack):
        return Relation.EQUAL
    if figure.spoken and figure.bound is Bound.ABOUT and abs(right - printed) <= slack.about:
        return Relation.EQUAL
    if bound is Bound.NONE and _cut(right, figure.decimals) == printed and figure.decimals:
        return Relation.TRUNCATED
    return Relation.WRONG


def bounded(bound: Bound, printed: Decimal, right: Decimal, slack: Slack) -> bool:
    """Whether 约, 近, 余, 不低于 and their like make a figure true of the right value."""
    if bound is Bound.ABOUT:
        return abs(right - printed) * _HUNDRED <= slack.about * abs(right)
    if bound is Bound.MORE:
        return printed <= right <= printed * (_HUNDRED + slack.more) / _HUNDRED
    if bound is Bound.NEARLY:
        return printed * (_HUNDRED - slack.nearly) / _HUNDRED <= right <= printed
    return {
        Bound.LEAST: right >= printed,
        Bound.OVER: right > printed,
        Bound.MOST: right <= printed,
        Bound.UNDER: right < printed,
    }[bound]


def _same(figure: Figure, value: Decimal, printed: Decimal) -> bool:
    return _rounded(value, figure.decimals) == printed


def _scale_slipped(figure: Figure, fact: Fact) -> bool:
    """Whether the digits are right and the unit is not: 5元 for 5万元."""
    if fact.value is None or scaled(figure.unit)[0] != scaled(fact.unit)[0]:
        return False
    for scale in (1, 10**3, 10**4, 10**6, 10**8):
        if scale != scaled(figure.unit)[1]:
            right = fact.value * scaled(fact.unit)[1] / scale
            if right and _rounded(right, figure.decimals) == figure.number:
                return True
    return False


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _cut(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def shown(fact: Fact, unit: str, decimals: int = 0) -> str:
    """The right value in the figure's unit, with as many digits as the data has, at most two more than were printed."""
    if fact.value is None:
        return fact.text
    into = (
        unit
        if dimension(unit) == dimension(fact.unit) and dimension(unit) not in (BARE, MARKS)
        else fact.unit
    )
    if dimension(into) == COUNT and scaled(into)[1] == 1:
        into = fact.unit
    if into == "元" and converted(fact.value, fact.unit, into) >= _TEN_THOUSAND:
        into = fact.unit
    value = converted(fact.value, fact.unit, into)
    value = _rounded(value, max(decimals, 0) + 2) if value else value
    text = f"{value.normalize():f}" if value else "0"
    return f"{fact.operator}{text}{'元' if into == 'CNY' else into}"


def best(figure: Figure, facts: Iterable[Fact], slack: Slack) -> tuple[Relation, Fact | None]:
    """The kindest relation to any of the facts, and to which."""
    order = list(Relation)
    found: tuple[Relation, Fact | None] = (Relation.WRONG, None)
    for fact in facts:
        one = relation(figure, fact, slack)
        if found[1] is None or order.index(one) < order.index(found[0]):
            found = (one, fact)
    return found
