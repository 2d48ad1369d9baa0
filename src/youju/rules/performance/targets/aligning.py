"""Two versions of one table laid over each other, row by row, for the eye. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from youju.rules.performance.targets.diff import INDICATOR_LABELS, match_rows
from youju.rules.performance.targets.facts import Indicator, Project


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A row of either table or of both: its numbers there (``None``: not there), and its cells as (label, left, right).

    ``mark`` is ``new``, ``gone``, ``moved``, ``changed`` or empty.
    """

    left: int | None
    right: int | None
    cells: tuple[tuple[str, str | None, str | None], ...]
    mark: str


def aligned(left: Project | None, right: Project | None) -> list[AlignedRow]:
    """The rows of the right table in its order, the ones that are gone where they stood."""
    before = left.indicators if left else ()
    after = right.indicators if right else ()
    pairs = match_rows(before, after)
    ranks = {index: rank for rank, index in enumerate(sorted(pairs.values()))}
    rows: list[AlignedRow] = []
    rank = 0
    for index, row in enumerate(after):
        was = pairs.get(index)
        if was is None:
            rows.append(AlignedRow(None, index + 1, _cells(None, row), "new"))
            continue
        cells = _cells(before[was], row)
        changed = any(old != new for _, old, new in cells)
        moved = ranks[was] != rank
        rows.append(AlignedRow(was + 1, index + 1, cells, "changed" if changed else "moved" if moved else ""))
        rank += 1
    for index, row in enumerate(before):
        if index not in ranks:
            behind = next((at for at, each in enumerate(rows) if each.left == index), None)
            rows.insert(
                0 if index == 0 else len(rows) if behind is None else behind + 1,
                AlignedRow(index + 1, None, _cells(row, None), "gone"),
            )
    return rows


def _cells(left: Indicator | None, right: Indicator | None) -> tuple[tuple[str, str | None, str | None], ...]:
    return tuple(
        (label, getattr(left, name) if left else None, getattr(right, name) if right else None)
        for name, label in INDICATOR_LABELS.items()
    )
