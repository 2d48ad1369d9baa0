"""A passage taken apart: sentences with what each names, says and counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from youju.rules.performance.report_checks.facts import DEPARTMENT, Figure, Kind
from youju.rules.performance.report_checks.figures import figures, masked
from youju.rules.performance.report_checks.index import Index, Subjects
from youju.rules.performance.report_checks.lexicon import Lexicon
from youju.rules.performance.report_checks.numerals import spoken
from youju.rules.performance.report_checks.times import Time, times

Placed = TypeVar("Placed", "Named", Time, Figure)
_END = re.compile(r"[。！？!?\n;]+")
_PROJECTS = re.compile(
    r"(?:(全部|所有|共|共有|本年度?|上述|以上|各|整体)\s*)?(?:(\d+|[一二三四五六七八九十]+)个)?项目"
)
_SEPARATELY = re.compile("分别")


@dataclass(frozen=True, slots=True)
class Named:
    """Something a text names at a place: subjects, a label or a kind."""

    start: int
    end: int
    subjects: Subjects = frozenset()
    label: str = ""
    kind: Kind | None = None
    weak: bool = False
    subset: bool = False
    time: Time | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage; places are those of the passage."""

    start: int
    end: int
    text: str
    subjects: Sequence[Named]
    labels: Sequence[Named]
    kinds: Sequence[Named]
    times: Sequence[Time]
    figures: Sequence[Figure]
    separately: Sequence[int] = ()
    others: Sequence[tuple[int, int]] = field(default=())
    parts: Sequence[tuple[int, int]] = field(default=())


def sentences(
    text: str, index: Index, words: Lexicon, *, unit: str = "", bare: bool = False
) -> list[Sentence]:
    """The sentences of a plain text."""
    subjects = [Named(start, end, subjects=ids) for start, end, ids in index.mentions(text)]
    longer = [(start, end) for start, end, _ in index.labels(text)]
    # 外经贸发展项目工作完成率 is an indicator, though it begins like a project.
    subjects = [
        each
        for each in subjects
        if not any(
            start <= each.start and each.end <= end and (start, end) != (each.start, each.end)
            for start, end in longer
        )
    ]
    spans = [(each.start, each.end) for each in subjects]
    unnamed = _blotted(text, spans)
    labels = [Named(start, end, label=label) for start, end, label in index.labels(unnamed)]
    bare_text = _blotted(unnamed, [(each.start, each.end) for each in labels])
    subjects += _whole(bare_text, index, words)
    subjects.sort(key=lambda each: each.start)
    kinds = [
        Named(match.start(), match.end(), kind=words.kinds[match[0]])
        for match in words.pattern.finditer(bare_text)
    ]
    counted = figures(masked(text, spans), unit=unit, bare=bare)
    said = times(unnamed, index.year)
    out, place = [], 0
    for match in [*_END.finditer(text), None]:
        end = match.start() if match else len(text)
        if end > place:
            start = place
            out.append(
                Sentence(
                    start,
                    end,
                    text[start:end],
                    _inside(subjects, start, end),
                    _inside(labels, start, end),
                    _inside(kinds, start, end),
                    _inside(said, start, end),
                    _inside(counted, start, end),
                    [each.start() for each in _SEPARATELY.finditer(text, start, end)],
                    [each.span() for each in words.others.finditer(bare_text, start, end)],
                    [each.span() for each in words.parts.finditer(bare_text, start, end)],
                )
            )
        place = match.end() if match else end
    return out


def _inside(found: Iterable[Placed], start: int, end: int) -> list[Placed]:
    return [each for each in found if start <= each.start < end]


def _whole(text: str, index: Index, words: Lexicon) -> list[Named]:
    """Words for the unit as a whole; ``3个项目`` of twelve is a part that nobody knows."""
    whole = frozenset({DEPARTMENT})
    found = [Named(*match.span(), subjects=whole, weak=True) for match in words.whole.finditer(text)]
    for match in _PROJECTS.finditer(text):
        if not match[1] and not match[2]:
            continue
        if match[2] and match[1] not in ("各",):
            number = int(match[2]) if match[2].isdecimal() else int(spoken(match[2]) or 0)
            if number != len(index.projects):
                found.append(Named(*match.span(), subset=True))
                continue
        found.append(Named(*match.span(), subjects=whole))
    return found


def _blotted(text: str, spans: Sequence[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "\x03" * (end - start)
    return "".join(letters)
