"""What each figure of a sentence is about: whose, which kind or indicator, of which time."""

from __future__ import annotations

import re
from dataclasses import replace

from youju.rules.performance.report_checks.changing import Changes
from youju.rules.performance.report_checks.circumstances import time_of, uncertainty
from youju.rules.performance.report_checks.clauses import Named, Sentence
from youju.rules.performance.report_checks.dealing import dealt_out
from youju.rules.performance.report_checks.facts import DEPARTMENT, Figure, Kind
from youju.rules.performance.report_checks.index import Index, Subjects
from youju.rules.performance.report_checks.known import Known
from youju.rules.performance.report_checks.lexicon import Lexicon
from youju.rules.performance.report_checks.measuring import MARKS, MONEY, dimension
from youju.rules.performance.report_checks.readings import (
    MONEY_KINDS,
    OF_ROW,
    SIDES,
    Reading,
    alike_figures,
    between,
)
from youju.rules.performance.report_checks.saying import GAP_AFTER, Sayings, listed
from youju.rules.performance.report_checks.times import UNKNOWN, WHOLE

_LINK = re.compile(r"[\s为是:(共计有约达]*")
_ALL = re.compile(r"(?:共有|共|全部|合计|总计|纳入|涉及|涵盖|管理|设有|安排|实施)[^，,。;\d]{0,6}$")


class Attacher:
    """Reads sentences one after the other and remembers whom the text speaks of."""

    def __init__(self, index: Index, words: Lexicon) -> None:
        self.index = index
        self.known = Known(index)
        self.sayings = Sayings(index)
        self.changes = Changes(self.known, words)
        self.heading: Subjects = frozenset()
        self.current: Subjects = frozenset()

    def read(self, sentence: Sentence) -> list[Reading]:
        """The readings of a sentence's figures in order."""
        dealt = dealt_out(sentence)
        done: list[Reading] = []
        for place in range(len(sentence.figures)):
            before = done[-1] if done else None
            done.append(self._one(sentence, place, before, dealt.get(place)))
        strong = [each for each in sentence.subjects if each.subjects and not each.weak]
        if strong:
            self.current = strong[-1].subjects
        return done

    def _one(self, sentence: Sentence, place: int, before: Reading | None, dealt: Named | None) -> Reading:
        figure = sentence.figures[place]
        first, named = self._begun(sentence, figure, dealt)
        if first.why:
            return first
        if figure.unit == "个" and figure.printed.endswith("个项目"):
            return self._count(sentence, first, "项目个数")
        if figure.text:
            return self.known.settled(replace(first, kind=Kind.GRADE))
        if direction := self.changes.direction(sentence, figure):
            label = self.sayings.label(sentence, figure, first.subjects)
            return self.changes.read(sentence, replace(first, falling=direction == "down"), before, label)
        return self._value(sentence, first, named, before, dealt)

    def _begun(self, sentence: Sentence, figure: Figure, dealt: Named | None) -> tuple[Reading, Named | None]:
        """Whose the figure is, and of when."""
        subjects, named = self._subjects(sentence, figure)
        year, period = time_of(sentence, figure, self.index.year)
        if dealt and dealt.subjects:
            subjects, named = dealt.subjects, dealt
        if dealt and dealt.time:
            year, period = dealt.time.year or year, dealt.time.period or WHOLE
        seen = frozenset(each.label for each in sentence.labels if each.end <= figure.start)
        uncertain = uncertainty(sentence, figure, named)
        if period == UNKNOWN:
            uncertain = uncertain or "说的是某一天的数"
        why = "说的是一部分项目，没有这样的合计" if named is not None and named.subset else ""
        return Reading(
            figure, subjects, year=year, period=period, seen=seen, uncertain=uncertain, why=why
        ), named

    def _value(
        self,
        sentence: Sentence,
        first: Reading,
        named: Named | None,
        before: Reading | None,
        dealt: Named | None,
    ) -> Reading:
        """What the words say that it is; else what the figure before it in a list was; else money behind a name."""
        figure = first.figure
        previous = before.figure if before is not None else None
        label = (
            dealt
            if dealt and dealt.label
            else self.sayings.label(sentence, figure, first.subjects, named=named, previous=previous)
        )
        if label and all(each.kind is Kind.COUNT for each in self.index.of_label[label.label]):
            return self._count(sentence, first, label.label)
        kind = dealt if dealt and dealt.kind else self.sayings.kind(sentence, figure, previous)
        side = self.sayings.side(sentence, figure, previous)
        if label and kind and kind.kind in OF_ROW and kind.kind not in SIDES:
            told = replace(first, kind=kind.kind, label=label.label)
        elif label and (kind is None or kind.start < label.end or kind.kind in SIDES):
            told = replace(first, kind=side, label=label.label)
        elif kind is not None:
            told = replace(first, kind=kind.kind)
        elif (
            before
            and (before.kind or before.label)
            and listed(sentence, before.figure, figure)
            and alike_figures(before.figure, figure)
        ):
            told = replace(first, kind=before.kind, label=before.label)
        elif side is not None:
            told = replace(first, kind=side)
        else:
            return self._naked(sentence, first, named)
        return self.known.settled(told)

    def _subjects(self, sentence: Sentence, figure: Figure) -> tuple[Subjects, Named | None]:
        before = [each for each in sentence.subjects if each.end <= figure.start]
        strong = [each for each in before if not each.weak]
        after = next((each for each in sentence.subjects if each.start >= figure.end and not each.weak), None)
        gap = between(sentence, figure.end, after.start) if after else ""
        if after and gap == "(":
            return after.subjects, after  # 最高99.1分（劳务派遣资金）
        if not strong and after and GAP_AFTER.fullmatch(gap):
            return after.subjects, after
        if before:
            named = (strong or before)[-1]
            return named.subjects, named
        return self.current or self.heading, None

    def _naked(self, sentence: Sentence, reading: Reading, named: Named | None) -> Reading:
        """A sum of money right behind a project's name is its money, marks are its score."""
        figure = reading.figure
        if named is not None and not named.weak:
            ahead = named.end <= figure.start
            near = (named.end, figure.start) if ahead else (figure.end, named.start)
            linked = _LINK.fullmatch(between(sentence, *near))
            if linked and ahead and dimension(figure.unit) == MONEY:
                facts = self.known.known(reading.subjects, None, "", reading.year, reading.period)
                money = tuple(each for each in facts if each.kind in MONEY_KINDS and not each.labels)
                return replace(reading, facts=money, why="" if money else "没有这个项目的资金数")
            if linked and dimension(figure.unit) == MARKS:
                return self.known.settled(replace(reading, kind=Kind.SCORE))
        return replace(reading, why="看不出说的是哪个项目或指标的什么数")

    def _count(self, sentence: Sentence, reading: Reading, label: str) -> Reading:
        """How many projects or rows: only a count of all is judged."""
        whole = frozenset({DEPARTMENT})
        lead = sentence.text[: reading.figure.start - sentence.start]
        counted = self.known.settled(
            replace(reading, subjects=whole, kind=Kind.COUNT, label=label, uncertain="")
        )
        right = any(each.value == reading.figure.number for each in counted.facts)
        if right or _ALL.search(lead):
            return counted
        return replace(counted, facts=(), why="说的像是其中的一部分")
