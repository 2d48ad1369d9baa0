"""A whole report against the facts: each figure gets one verdict."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from youju.rules.findings import Severity
from youju.rules.law import PolicyValue
from youju.rules.performance.report_checks import checks
from youju.rules.performance.report_checks.attaching import Attacher
from youju.rules.performance.report_checks.clauses import sentences
from youju.rules.performance.report_checks.comparing import best, shown
from youju.rules.performance.report_checks.facts import (
    DEPARTMENT,
    KIND_LABELS,
    TRADE,
    Comparison,
    Fact,
    Kind,
    Outcome,
    Passage,
    Relation,
    Verdict,
)
from youju.rules.performance.report_checks.figures import plain
from youju.rules.performance.report_checks.index import Index
from youju.rules.performance.report_checks.lexicon import Lexicon, lexicon
from youju.rules.performance.report_checks.measuring import PERCENT, POINTS, dimension
from youju.rules.performance.report_checks.readings import Reading
from youju.rules.registry import REGISTRY

__all__ = ["check_report", "checks"]
PREFIX, SCOPE = "RPC-", "report_figure"
_FRONT = re.compile(
    r"\s*(?:(第?[一二三四五六七八九十]+[章节部分]*[、.\s])|([(][一二三四五六七八九十]+[)])|(\d{1,2}[.、．])|([(]\d{1,2}[)]))"
)
_LONGEST_HEADING = 60
_LOWEST = 5
Heard = Callable[[int, int], None]


def _silent(_done: int, _total: int) -> None:
    """Nobody listens."""


def check_report(
    passages: Sequence[Passage],
    facts: Iterable[Fact],
    law: Mapping[str, PolicyValue],
    *,
    day: date,
    year: int,
    progress: Heard = _silent,
) -> list[Verdict]:
    """The verdict of every figure in the passages, in order; ``progress`` hears of every passage done."""
    index, words = Index(facts, year), lexicon(law)
    reader = _Reader(index, words, law, day)
    found: list[Verdict] = []
    for place, passage in enumerate(passages):
        found.extend(reader.judge(place, passage))
        progress(place + 1, len(passages))
    return found


class _Reader:
    """Goes through a report and knows under which heading it is."""

    def __init__(self, index: Index, words: Lexicon, law: Mapping[str, PolicyValue], day: date) -> None:
        self.index, self.words, self.law, self.day = index, words, law, day
        self.attacher = Attacher(index, words)
        self.headings: dict[int, frozenset[str]] = {}
        self.table = 0
        self.caption: frozenset[str] = frozenset()

    def judge(self, place: int, passage: Passage) -> Iterator[Verdict]:
        text = plain(passage.text)
        prefix = plain(passage.context)
        if passage.cell:
            if passage.table != self.table:
                self.table, self.caption = passage.table, self.attacher.current
            # A cell is about its row; above the table its caption or heading speaks.
            self.attacher.current = self.caption or self.attacher.heading
        else:
            self._heading(text)
            if not re.match(r"\s*(?:该|本|此|上述)(?:项目|专项|资金)|其", text):
                self.attacher.current = frozenset()
        whole = prefix + text
        for sentence in sentences(whole, self.index, self.words, unit=passage.unit, bare=passage.cell):
            for reading in self.attacher.read(sentence):
                if reading.figure.start < len(prefix):
                    continue
                moved = replace(
                    reading.figure,
                    start=reading.figure.start - len(prefix),
                    end=reading.figure.end - len(prefix),
                    printed=passage.text[
                        reading.figure.start - len(prefix) : reading.figure.end - len(prefix)
                    ],
                )
                yield self._verdict(place, replace(reading, figure=moved))

    def _heading(self, text: str) -> None:
        """Remember the project that a heading names until the next heading of its level or above."""
        bare = text.strip()
        if not bare or len(bare) > _LONGEST_HEADING or bare[-1] in "。;，,":
            return
        front = _FRONT.match(bare)
        mentions = [ids for _, _, ids in self.index.mentions(text)]
        level = next((number for number in range(1, _LOWEST) if front and front[number]), _LOWEST)
        if front is None and not mentions:
            return
        if front is None and any(mark in bare for mark in "，,;:"):
            return
        self.headings = {each: ids for each, ids in self.headings.items() if each < level}
        if mentions:
            self.headings[level] = mentions[-1]
        self.attacher.heading = next(
            (self.headings[each] for each in sorted(self.headings, reverse=True)), frozenset()
        )

    # -- verdicts ------------------------------------------------------------------------------------------------

    def _verdict(self, place: int, reading: Reading) -> Verdict:
        facts = reading.facts
        what = self._what(reading)
        if reading.kind is Kind.CHANGE:
            facts = facts or tuple(self._differences(reading))
        if not facts:
            return Verdict(
                place, reading.figure, Outcome.UNJUDGED, what, why=reading.why or "数据里没有这个数"
            )
        relation, fact = best(reading.figure, facts, self.words.slack)
        named = fact or facts[0]
        base = Verdict(place, reading.figure, Outcome.AGREES, what, shown(named, reading.figure.unit, reading.figure.decimals),
                       source=named.source, url=named.url, facts=facts)  # fmt: skip
        if relation is Relation.EQUAL:
            return base
        if reading.uncertain:
            return replace(
                base, outcome=Outcome.UNJUDGED, right="", source="", url="", why=reading.uncertain, facts=()
            )
        beside = None
        if relation is Relation.WRONG:
            relation, beside = self._elsewhere(reading, facts)
        right = "，或".join(
            dict.fromkeys(shown(each, reading.figure.unit, reading.figure.decimals) for each in facts[:3])
        )
        comparison = Comparison(reading.figure, relation, what, right, facts, beside)
        said = REGISTRY.judge(comparison, self.law, day=self.day, scope=SCOPE, prefix=PREFIX)
        if not said:
            return base
        first = said[0]
        outcome = Outcome.DISAGREES if first.severity is Severity.ERROR else Outcome.AGREES
        return replace(
            base, outcome=outcome, right=right, why=first.message, how=first.suggestion, rule=first.rule
        )

    def _elsewhere(self, reading: Reading, facts: Sequence[Fact]) -> tuple[Relation, Fact | None]:
        """Whether a wrong figure is right elsewhere: another year, another project, another kind."""
        figure, slack, first = reading.figure, self.words.slack, facts[0]
        if reading.kind is Kind.CHANGE:
            return Relation.WRONG, None
        own = self.index.of_subject[first.subject]
        for relation, pool in (
            (Relation.OTHER_YEAR, (each for each in own if each.kind is first.kind and each.labels == first.labels
                                   and (each.year != first.year or each.period != first.period))),
            (Relation.OTHER_KIND, (each for each in own if each.kind is not first.kind and bool(each.labels) == bool(first.labels)
                                   and (not each.labels or each.labels == first.labels) and each.year == first.year)),
            (Relation.OTHER_SUBJECT, (each for each in self.index.facts if each.subject not in (first.subject, TRADE, DEPARTMENT)
                                      and each.kind is first.kind and each.year == first.year and each.period == first.period
                                      and (not first.labels or set(each.labels) & set(first.labels)))),
        ):  # fmt: skip
            for each in pool:
                if (
                    dimension(each.unit) == dimension(figure.unit)
                    and best(figure, [each], slack)[0] is Relation.EQUAL
                ):
                    return relation, each
        return Relation.WRONG, None

    def _differences(self, reading: Reading) -> Iterator[Fact]:
        """What a change must be: from the facts that changed and those that they are measured by."""
        for one in reading.base if reading.against else ():
            if one.value is None:
                continue
            wanted = Kind.TARGET if reading.against == "target" else one.kind
            for two in self.index.of_subject[one.subject]:
                if (
                    two.kind is not wanted
                    or two.value is None
                    or two.labels != one.labels
                    or two.unit != one.unit
                ):
                    continue
                if two.period != one.period or two.year != (
                    one.year if reading.against == "target" else one.year - 1
                ):
                    continue
                difference = one.value - two.value
                sign = Decimal(-1) if reading.falling else Decimal(1)
                source = "；".join(dict.fromkeys(filter(None, (one.source, two.source))))
                made = replace(one, kind=Kind.CHANGE, operator="", source=source)
                in_rate = dimension(one.unit) == PERCENT
                unit = "个百分点" if in_rate else one.unit
                if in_rate or dimension(reading.figure.unit) not in (PERCENT, POINTS):
                    yield replace(made, value=difference * sign, unit=unit)
                if dimension(reading.figure.unit) == PERCENT and two.value and not in_rate:
                    yield replace(made, value=difference * 100 / two.value * sign, unit="%")

    def _what(self, reading: Reading) -> str:
        subjects = {each.subject for each in reading.facts or reading.base} or reading.subjects
        whose = "、".join(sorted(self._name(each) for each in subjects)) if len(subjects) < _LOWEST else ""
        kind = KIND_LABELS[reading.kind] if reading.kind else ""
        when = f"{reading.year}年" if reading.year != self.index.year else ""
        period = {"?": ""}.get(reading.period, f"{reading.period}月" if reading.period else "")
        return " ".join(part for part in (whose, when + period, reading.label, kind) if part)

    def _name(self, subject: str) -> str:
        fact = next(iter(self.index.of_subject[subject]), None)
        if subject in (TRADE, DEPARTMENT) or fact is None:
            return {TRADE: "试点统计", DEPARTMENT: "部门整体"}.get(subject, subject)
        return next((each for each in fact.names if each != subject), subject)
