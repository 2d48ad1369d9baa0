"""What the words around a figure say of it: its indicator, its kind, whether target or reached."""

from __future__ import annotations

import re
from dataclasses import replace

from youju.rules.performance.report_checks.clauses import Named, Sentence
from youju.rules.performance.report_checks.facts import TRADE, Bound, Figure, Kind
from youju.rules.performance.report_checks.index import Index, Subjects
from youju.rules.performance.report_checks.measuring import PERCENT, POINTS, dimension
from youju.rules.performance.report_checks.readings import (
    FITS,
    OF_ROW,
    SIDES,
    alike_figures,
    between,
)

_LIST = re.compile(
    r"[\s、，,;和及与以至():]*(?:以及|其中|比|较|从|由)?[\s、，,:(的为是同期]*(?:大约|约为|约|接近|近|突破|超过|达到|达)?\s*"
)
GAP_AFTER = re.compile(r"[^，,。;、()]{0,10}")
_NEAR = 16


class Sayings:
    """Reads the words around figures."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def label(
        self,
        sentence: Sentence,
        figure: Figure,
        subjects: Subjects,
        *,
        named: Named | None = None,
        previous: Figure | None = None,
    ) -> Named | None:
        """The indicator that a figure may be a value of: the nearest named before it, else right behind it."""
        before = [each for each in sentence.labels if each.end <= figure.start]
        for each in reversed(before):
            if (
                previous is not None
                and previous.start >= each.end
                and not self._continues(sentence, each, figure, previous)
            ):
                break
            if self._fits(each.label, figure, subjects, anyone=named is None or named.start < each.start):
                return each
        after = next((each for each in sentence.labels if each.start >= figure.end), None)
        if after and GAP_AFTER.fullmatch(between(sentence, figure.end, after.start)) and not before:
            known = self._fits(after.label, figure, subjects, anyone=True)
            return after if known else None
        return None

    def _fits(self, label: str, figure: Figure, subjects: Subjects, *, anyone: bool) -> bool:
        """Whether a figure may be the value of an indicator that the subject has, or only one subject at all."""
        facts = self.index.of_label[label]
        own = [each for each in facts if each.subject in subjects]
        if not own and anyone:
            own = facts if len({each.subject for each in facts} - {TRADE}) <= 1 else []
        fits = FITS[dimension(figure.unit)]
        return any(each.kind in fits or each.kind in OF_ROW for each in own)

    def _continues(self, sentence: Sentence, label: Named, figure: Figure, previous: Figure) -> bool:
        """Whether a label still holds behind another figure: 目标2亿元，实际2.35亿元."""
        between = (previous.end, figure.start)
        if any(label.end <= each <= figure.start for each in sentence.separately):
            return True
        if any(between[0] <= each.start < between[1] and each.kind in OF_ROW for each in sentence.kinds):
            return True
        # a sign alone is enough too: ≥2亿元（2.35亿元）
        return previous.bound in (Bound.LEAST, Bound.MOST) and listed(sentence, previous, figure)

    def kind(self, sentence: Sentence, figure: Figure, previous: Figure | None) -> Named | None:
        """The word of kind that a figure hangs on: the nearest before it that fits its unit, else right behind it."""
        fits = FITS[dimension(figure.unit)]
        floor = previous.end if previous else sentence.start
        if previous and not alike_figures(previous, figure):
            # 兑付企业两家共132万元: a count between does not take the word away.
            alike = [
                each.end
                for each in sentence.figures
                if each.end <= figure.start and alike_figures(each, figure)
            ]
            floor = max([sentence.start, *alike, figure.start - _NEAR])
        if any(each < figure.start for each in sentence.separately):
            floor = sentence.start
        near = [each for each in sentence.kinds if floor <= each.start and each.end <= figure.start]
        for each in reversed(near):
            if each.kind in fits and each.kind not in SIDES:
                return each
            if each.kind in (Kind.BUDGET, Kind.ADJUSTED) and dimension(figure.unit) in (PERCENT, POINTS):
                return replace(each, kind=Kind.RATE)  # 占预算的92%
        for each in sentence.kinds:
            gap = between(sentence, figure.end, each.start)
            if (
                each.start >= figure.end
                and each.kind in fits
                and each.kind not in SIDES
                and re.fullmatch(r"的?", gap)
            ):
                return each
        return None

    def side(self, sentence: Sentence, figure: Figure, previous: Figure | None) -> Kind | None:
        """Whether a figure is a target or what was reached; ``None``: it may be either."""
        floor = max(previous.end if previous else sentence.start, sentence.start)
        near = [
            each
            for each in sentence.kinds
            if floor <= each.start and each.end <= figure.start and each.kind in SIDES
        ]
        if near:
            return near[-1].kind
        if any(each.kind is Kind.TARGET and re.fullmatch(r"的?(?:年度|年初|绩效)?", between(sentence, figure.end, each.start))
               for each in sentence.kinds if each.start >= figure.end):  # fmt: skip
            return Kind.TARGET
        return None


def listed(sentence: Sentence, previous: Figure, figure: Figure) -> bool:
    """Whether only commas, names of subjects and words of time stand between two figures."""
    letters = list(between(sentence, previous.end, figure.start))
    spans = [(each.start, each.end) for each in sentence.subjects]
    spans += [(each.start, each.end) for each in sentence.times]
    for start, end in spans:
        for at in range(max(start, previous.end), min(end, figure.start)):
            letters[at - previous.end] = ""
    return bool(_LIST.fullmatch("".join(letters)))
