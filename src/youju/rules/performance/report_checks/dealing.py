"""Lists that 分别 deals out: 法律顾问费、事务资金预算分别为5万元、45万元."""

from __future__ import annotations

import re
from collections.abc import Sequence

from youju.rules.performance.report_checks.clauses import Named, Sentence
from youju.rules.performance.report_checks.readings import LEAST_ITEMS, between
from youju.rules.performance.report_checks.saying import listed

_ENUMERATED = re.compile(r"[\s、，,和及与]*(?:以及)?[\s、，,]*")


def dealt_out(sentence: Sentence) -> dict[int, Named]:
    """Place of a figure in the sentence → the name, kind, label or time that 分别 deals it."""
    dealt: dict[int, Named] = {}
    for mark, following in zip(sentence.separately, [*sentence.separately, sentence.end][1:], strict=True):
        run: list[int] = []
        for place, figure in enumerate(sentence.figures):
            if not mark < figure.start < following:
                continue
            if run and not listed(sentence, sentence.figures[run[-1]], figure):
                break
            run.append(place)
        named = [each for each in sentence.subjects if not each.weak and not each.subset]
        when = [Named(each.start, each.end, time=each) for each in sentence.times]
        said = sorted([*sentence.labels, *sentence.kinds], key=lambda each: each.start)
        for items in (named, said, when) if len(run) >= LEAST_ITEMS else ():
            chain = _chain(sentence, [each for each in items if each.end <= mark], len(run))
            if chain:
                dealt |= dict(zip(run, chain, strict=True))
                break
    return dealt


def _chain(sentence: Sentence, known: Sequence[Named], size: int) -> list[Named]:
    """The last run of so many names with nothing but commas between; empty: none."""
    chain: list[Named] = []
    best: list[Named] = []
    for each in known:
        if chain and not _ENUMERATED.fullmatch(between(sentence, chain[-1].end, each.start)):
            chain = []
        chain.append(each)
        if len(chain) == size:
            best = list(chain)
        elif len(chain) > size:
            best = []
    return best
