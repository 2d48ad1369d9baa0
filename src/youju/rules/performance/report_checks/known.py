"""The facts that a reading means."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from youju.rules.performance.report_checks.facts import TRADE, Fact, Figure, Kind
from youju.rules.performance.report_checks.figures import plain
from youju.rules.performance.report_checks.index import Index, Subjects
from youju.rules.performance.report_checks.measuring import (
    BARE,
    COUNT,
    MARKS,
    MONEY,
    PERCENT,
    POINTS,
    dimension,
)
from youju.rules.performance.report_checks.readings import LEAST_ITEMS, MONEY_KINDS, SIDES, Reading
from youju.rules.performance.report_checks.times import WHOLE


class Known:
    """Looks facts up."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def settled(self, reading: Reading) -> Reading:
        """The reading with the facts that it should agree with, or why there are none."""
        facts = self.known(reading.subjects, reading.kind, reading.label, reading.year, reading.period)
        if not facts and reading.kind is None and reading.label:
            facts = self.known(reading.subjects, Kind.ACTUAL, reading.label, reading.year, reading.period)
        fitting = _told_apart(
            tuple(each for each in facts if _comparable(reading.figure, each)), reading.seen
        )
        fitting += _together(fitting)
        why = "" if fitting else self._why(reading, bool(facts))
        return replace(reading, facts=fitting, why=why)

    def _why(self, reading: Reading, other_unit: bool) -> str:
        if not reading.subjects and not reading.label:
            return "看不出说的是哪个项目"
        if other_unit:
            return "和数据的单位不是一类，不能比较"
        if reading.period or reading.year != self.index.year:
            return "没有这个期间的数据"
        return "数据里没有这个数"

    def known(
        self, subjects: Subjects, kind: Kind | None, label: str, year: int, period: str
    ) -> tuple[Fact, ...]:
        """The facts meant; with a label and no kind both sides of the row are."""
        if label:
            pool = [each for each in self.index.of_label[label] if each.subject in {*subjects, TRADE}]
            if not pool:
                others = self.index.of_label[label]
                pool = others if len({each.subject for each in others} - {TRADE}) <= 1 else []
            kinds = {kind} if kind is not None else {*SIDES, Kind.BUDGET}
        else:
            pool = [
                fact
                for each in subjects
                for fact in self.index.of_subject.get(each, ())
                if not fact.labels or kind in SIDES
            ]
            kinds = {kind} if kind is not None else set(Kind)
        if kind is Kind.PLAN or (kind is Kind.BUDGET and period):
            period = (
                {"01-03": "03", "01-06": "06", "01-10": "10", "": "12"}.get(period, period)
                if kind is Kind.PLAN
                else WHOLE
            )
        if (
            Kind.TARGET in kinds
            and period
            and not any(each.period == period and each.kind in kinds for each in pool)
        ):
            kinds_of_year = kinds - {Kind.ACTUAL}
            return tuple(
                each for each in pool if each.kind in kinds_of_year and each.year == year and not each.period
            )
        found = [each for each in pool if each.kind in kinds and each.year == year and each.period == period]
        if kind is Kind.ADJUSTED and not found:
            found = [each for each in pool if each.kind is Kind.BUDGET and each.year == year]
        return tuple(found)


def _comparable(figure: Figure, fact: Fact) -> bool:
    one, two = dimension(figure.unit), dimension(fact.unit)
    if figure.text:
        return bool(fact.text)
    if fact.value is None:
        return False
    return (
        one == two
        or BARE in (one, two)
        or {one, two} == {PERCENT, POINTS}
        or {one, two} <= {MONEY, COUNT}
        or {one, two} == {MARKS, PERCENT}
    )


def _told_apart(facts: tuple[Fact, ...], seen: frozenset[str]) -> tuple[Fact, ...]:
    """Of rows with one name in one table, those whose second level the sentence names too."""
    if len(facts) < LEAST_ITEMS:
        return facts
    known = [len({plain(label) for label in each.labels} & seen) for each in facts]
    return tuple(each for each, count in zip(facts, known, strict=True) if count == max(known))


def _together(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The sum of several projects that share a name: 57号文的两个项目共1000万元."""
    subjects = [each.subject for each in facts]
    if (
        len(facts) < LEAST_ITEMS
        or len(set(subjects)) < len(facts)
        or len({(each.unit, each.kind) for each in facts}) > 1
    ):
        return ()
    if facts[0].kind not in (*MONEY_KINDS, Kind.BALANCE) or any(each.value is None for each in facts):
        return ()
    total = sum((each.value for each in facts if each.value is not None), Decimal(0))
    return (replace(facts[0], subject=facts[0].subject, value=total, operator="合计 "),)
