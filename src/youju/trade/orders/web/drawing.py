"""The cells of an order's form with what is wrong with each, for the template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from youju.rules.findings import Finding, Severity
from youju.trade.orders.web.entry import LABELS, Typed

_CELLS = (
    ("quantity", "数量", "decimal", True), ("unit", "单位", "text", False), ("price", "单价", "decimal", True),
    ("amount", "总价", "decimal", False), ("packages", "件数", "numeric", True), ("net_weight", "净重（千克）", "decimal", True),
    ("gross_weight", "毛重（千克）", "decimal", True), ("volume", "体积（立方米）", "decimal", False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One input: ``name`` as posted, ``mode`` of its keyboard, ``error`` beside it."""

    name: str
    label: str
    value: str
    mode: str
    required: bool
    error: str


@dataclass(frozen=True, slots=True)
class Note:
    """A finding beside its line; ``why`` is the name of the explanation's input, empty where none is asked."""

    rule: str
    severity: str
    message: str
    suggestion: str
    why: str
    answer: str


@dataclass(frozen=True, slots=True)
class Box:
    """One line of the form."""

    number: int
    good: Cell
    called: str
    cells: Sequence[Cell]
    original: str
    notes: Sequence[Note]
    picks: Sequence[Any]
    wrong: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The head: field → error, and what the rules say of the whole order."""

    errors: Mapping[str, str]
    notes: Sequence[Note]


def heads(typed: Typed, faults: Mapping[tuple[int | None, str], str], findings: Iterable[Finding]) -> Head:
    """The head of the form."""
    return Head(
        {name: text for (line, name), text in faults.items() if line is None},
        _notes(typed, findings, None),
    )


def boxes(
    typed: Typed,
    faults: Mapping[tuple[int | None, str], str],
    findings: Iterable[Finding],
    picks: Mapping[int, Any],
    goods: Iterable[Any],
) -> list[Box]:
    """The lines of the form."""
    said, names = list(findings), {each.number: f"{each.name} {each.model}".strip() for each in goods}
    found = []
    for at, line in enumerate(typed.lines, 1):
        notes = _notes(typed, said, at)
        cells = [
            Cell(f"{name}-{at}", label, line.get(name, ""), mode, required, faults.get((at, name), ""))
            for name, label, mode, required in (("good", LABELS["good"], "text", True), *_CELLS)
        ]
        wrong = any(each.error for each in cells) or any(each.severity == Severity.ERROR for each in notes)
        good, *rest = cells
        called, original = names.get(good.value, ""), line.get("original", "")
        found.append(Box(at, good, called, rest, original, notes, picks.get(at, ()), wrong))
    return found


def _notes(typed: Typed, findings: Iterable[Finding], line: int | None) -> list[Note]:
    found = []
    for each in findings:
        if each.at.get("line") != line:
            continue
        key = f"{each.rule}:{line or ''}"
        asked = each.severity is Severity.WARNING
        found.append(
            Note(each.rule, each.severity.value, each.message, each.suggestion, f"why:{key}" if asked else "",
                 typed.why.get(key, ""))
        )  # fmt: skip
    return found
