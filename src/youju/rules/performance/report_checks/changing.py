"""Figures that are no values but differences: 提高1.2个百分点, 同比增长15.1%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from youju.rules.performance.report_checks.clauses import Named, Sentence
from youju.rules.performance.report_checks.facts import Fact, Figure, Kind
from youju.rules.performance.report_checks.known import Known
from youju.rules.performance.report_checks.lexicon import Lexicon
from youju.rules.performance.report_checks.measuring import POINTS, dimension
from youju.rules.performance.report_checks.readings import Reading
from youju.rules.performance.report_checks.times import WHOLE, compared

_GOAL = re.compile(r"的?(?:年度|年初|绩效|全年)?(?:目标|任务)")
_COMPARE = re.compile(r"(?:比|较|同比|环比|相比|超)")
_AGAINST = re.compile(r"(?:比|较|于|超|超出|超过|超额完成)[^，,]{0,8}(?:目标|指标值|预期|计划)|超额")
_STRAIGHT = re.compile(
    r"(?:(?:年度|年初)?(?:目标值?|指标值|计划|预期)|上年度?|去年)?(?:了|为|达|约|近|幅度|的幅度|率为|:|至少|约为|超过|\s)*"
)
_NONE = "没有可以比较的上年数或目标值"


class Changes:
    """Reads differences."""

    def __init__(self, known: Known, words: Lexicon) -> None:
        self.known, self.words = known, words

    def direction(self, sentence: Sentence, figure: Figure) -> str:
        """``up``, ``down`` or ``some`` for a figure that is a difference; empty for one that is a value."""
        lead = sentence.text[: figure.start - sentence.start]
        up, down = _last(self.words.rising, lead), _last(self.words.falling, lead)
        if _GOAL.match(sentence.text, figure.end - sentence.start):
            return ""  # 超额完成2亿元的年度目标
        if up is None and down is None:
            clause = re.split(r"[。;]", lead)[-1]
            return "some" if dimension(figure.unit) == POINTS and _COMPARE.search(clause) else ""
        return "down" if down is not None and (up is None or down > up) else "up"

    def read(
        self, sentence: Sentence, reading: Reading, before: Reading | None, label: Named | None
    ) -> Reading:
        """The difference: from which facts, and measured by the target or by the year before."""
        figure, year = reading.figure, self.known.index.year
        against = self._against(sentence, figure)
        previous = before.figure if before is not None else None
        base: Sequence[Fact] = ()
        what = ""
        if before is not None and before.kind is not Kind.CHANGE:
            base, what = before.facts, before.label
            if before.year < year:
                base = self.known.known(before.subjects, before.kind, what, year, WHOLE)
                reading, against = replace(reading, year=year), "year"
            if before.kind is Kind.TARGET:
                base = self.known.known(before.subjects, Kind.ACTUAL, what, reading.year, reading.period)
        elif before is not None:
            what = before.label
        if label is not None and (previous is None or label.start > previous.end or not base):
            what = label.label
            base = self._of(reading, Kind.ACTUAL, what)
        kinds = [
            each
            for each in sentence.kinds
            if each.end <= figure.start and each.kind in (Kind.RATE, Kind.EXECUTED)
        ]
        if kinds and (previous is None or kinds[-1].start > previous.end):
            base, what = self._of(reading, kinds[-1].kind, ""), ""
        facts = self._of(reading, Kind.CHANGE, what) if against == "year" else ()
        known = bool(facts or (base and against))
        return replace(
            reading,
            kind=Kind.CHANGE,
            label=what,
            facts=facts,
            base=tuple(base),
            against=against,
            why="" if known else _NONE,
        )

    def _of(self, reading: Reading, kind: Kind | None, label: str) -> tuple[Fact, ...]:
        return self.known.known(reading.subjects, kind, label, reading.year, reading.period)

    def _against(self, sentence: Sentence, figure: Figure) -> str:
        clause = re.split(r"[。;]", sentence.text[: figure.start - sentence.start])[-1]
        if _AGAINST.search(clause):
            return "target"
        spans = compared(sentence.text)
        return "year" if spans and spans[-1][0] < figure.start - sentence.start else ""


def _last(pattern: re.Pattern[str], lead: str) -> int | None:
    """Where a word of change stands that leads straight to the figure."""
    found = None
    for match in pattern.finditer(lead):
        if lead[match.start() - 1 : match.start()] in ("最", "较", "很", "更"):
            continue
        if _STRAIGHT.fullmatch(lead[match.end() :]):
            found = match.start()
    return found
