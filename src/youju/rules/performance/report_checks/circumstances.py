"""Of when a figure speaks, and whether it may be somebody else's or a part."""

from __future__ import annotations

from youju.rules.performance.report_checks.clauses import Named, Sentence
from youju.rules.performance.report_checks.facts import Figure, Kind
from youju.rules.performance.report_checks.readings import between
from youju.rules.performance.report_checks.times import WHOLE


def time_of(sentence: Sentence, figure: Figure, now: int) -> tuple[int, str]:
    """The year and the months that a figure speaks of; ``now`` is the report's year."""
    year, period = now, WHOLE
    for each in sentence.times:
        if each.start >= figure.start:
            break
        gap = between(sentence, each.end, figure.start)
        if gap.count(")") > gap.count("("):
            continue  # said in brackets that are closed: （上半年2万元），全年……
        if each.year is not None:
            year, period = each.year, WHOLE
        if each.period is not None:
            period = each.period
    reset = [each for each in sentence.kinds if each.end <= figure.start and each.end - each.start > 1
             and sentence.text[each.end - 1 - sentence.start] in "到至" and each.kind is Kind.ACTUAL]  # fmt: skip
    late = max((each.start for each in sentence.times if each.start < figure.start), default=-1)
    if reset and reset[-1].start > late and year < now:
        year, period = now, WHOLE
    return year, period


def uncertainty(sentence: Sentence, figure: Figure, named: Named | None) -> str:
    """Why a figure may be somebody else's or a part: such words before it, with no name of ours between."""
    floor = named.end if named is not None and named.end <= figure.start else sentence.start
    known = [each.start for each in sentence.labels if floor <= each.start < figure.start]
    later = max(known, default=floor)
    if any(floor <= start < figure.start for start, _ in sentence.others):
        return "像是别的单位或企业的数"
    clause = (
        max(sentence.text.rfind(mark, 0, figure.start - sentence.start) for mark in "，,;") + sentence.start
    )
    low = max(later if known else floor, clause)
    for start, end in sentence.parts:
        # 其中上半年支出 says itself which part is meant.
        told = sentence.text[start - sentence.start : end - sentence.start] == "其中" and any(
            each.period and end <= each.start < figure.start for each in sentence.times
        )
        if not told and (low <= start < figure.start or start == figure.end):
            return "像是其中的一部分"
    return ""
