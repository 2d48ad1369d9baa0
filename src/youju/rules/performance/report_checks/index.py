"""All facts by subject, name and label."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from youju.rules.performance.report_checks.facts import DEPARTMENT, TRADE, Fact, Kind
from youju.rules.performance.report_checks.figures import plain
from youju.rules.performance.report_checks.lexicon import any_of
from youju.rules.performance.report_checks.measuring import magnitude
from youju.rules.performance.report_checks.names import document_number

Subjects = frozenset[str]
_DOCUMENT = re.compile(
    r"[一-鿿]{0,4}[\[(]\s*((?:19|20)\d{2})\s*年?\s*[\])]\s*第?\s*(\d{1,5})\s*号(?:文件?)?|(?<![\d第])(\d{1,4})号文件?"
)
_AMOUNT = re.compile(r"[^,，。;\d()]{0,6}[(]\s*(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|元)\s*[)]")


class Index:
    """What is known, found by what a report says."""

    def __init__(self, facts: Iterable[Fact], year: int) -> None:
        self.facts = tuple(facts)
        self.year = year
        self.of_subject: dict[str, list[Fact]] = defaultdict(list)
        self.of_label: dict[str, list[Fact]] = defaultdict(list)
        names: dict[str, set[str]] = defaultdict(set)
        self._documents: dict[tuple[str, str], set[str]] = defaultdict(set)
        for fact in self.facts:
            self.of_subject[fact.subject].append(fact)
            for label in fact.labels:
                self.of_label[plain(label)].append(fact)
            for name in fact.names:
                names[plain(name)].add(fact.subject)
                if number := document_number(name):
                    self._documents[number].add(fact.subject)
                    self._documents["", number[1]].add(fact.subject)
        self.names = {name: frozenset(found) for name, found in names.items()}
        self._names = any_of(self.names)
        self._labels = any_of(self.of_label)
        self.projects: Subjects = frozenset(
            each for each in self.of_subject if each not in (DEPARTMENT, TRADE)
        )

    def mentions(self, text: str) -> list[tuple[int, int, Subjects]]:
        """Where a plain text names subjects: names, and the numbers of the documents that gave the money."""
        found: list[tuple[int, int, Subjects]] = []
        for match in self._names.finditer(text):
            end = match.end()
            ids = self.names[match[0]]
            found.append((match.start(), end, ids))
        for match in _DOCUMENT.finditer(text):
            key = (match[1], match[2]) if match[1] else ("", match[3])
            ids = frozenset(self._documents.get(key, ()))
            if ids and not any(left < match.end() and match.start() < right for left, right, _ in found):
                found.append((match.start(), match.end(), ids))
        found.sort(key=lambda each: each[0])
        return [self._refined(text, *each) for each in found]

    def _refined(self, text: str, start: int, end: int, ids: Subjects) -> tuple[int, int, Subjects]:
        """Where several share a name, the amount in brackets behind it tells which is meant."""
        if len(ids) < 2:
            return start, end, ids
        match = _AMOUNT.match(text, end)
        if match is None:
            return start, end, ids
        amount = magnitude(Decimal(match[1].replace(",", "")), match[2])
        meant = frozenset(
            each
            for each in ids
            for fact in self.of_subject[each]
            if fact.kind is Kind.BUDGET
            and not fact.labels
            and fact.value is not None
            and magnitude(fact.value, fact.unit) == amount
        )
        return (start, match.end(), meant) if len(meant) == 1 else (start, end, ids)

    def labels(self, text: str) -> list[tuple[int, int, str]]:
        """Where a plain text names indicators or metrics."""
        return [(match.start(), match.end(), match[0]) for match in self._labels.finditer(text)]
