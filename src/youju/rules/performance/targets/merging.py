"""Two people changed one table: what differs cell by cell, and the table with the chosen cells taken over. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from youju.rules.performance.targets.diff import INDICATOR_LABELS, match_rows
from youju.rules.performance.targets.facts import Indicator
from youju.rules.performance.targets.typed import HEAD_FIELDS, ROW_FIELDS, Typed, labels
from youju.rules.performance.targets.values import parse_value


@dataclass(frozen=True, slots=True)
class Clash:
    """One cell that differs. ``key`` names it to ``merged``; ``None`` for a row or goal that one side does not have."""

    key: str
    place: str
    stored: str | None
    mine: str | None


def clashes(stored: Typed, mine: Typed) -> list[Clash]:
    """Every cell in which what is stored now differs from what I typed, in the order of the form."""
    return list(_clashes(stored, mine))


def _clashes(stored: Typed, mine: Typed) -> Iterator[Clash]:
    months = sorted({*stored.plan, *mine.plan})
    named = labels(months)
    for name in HEAD_FIELDS:
        yield from _cell(name, named[name], stored.head.get(name, ""), mine.head.get(name, ""))
    for month in months:
        key = f"plan.{month}"
        yield from _cell(key, named[key], stored.plan.get(month, ""), mine.plan.get(month, ""))
    for number in range(1, max(len(stored.goals), len(mine.goals)) + 1):
        yield from _cell(
            f"goals.{number}", f"绩效目标第 {number} 条", _at(stored.goals, number), _at(mine.goals, number)
        )
    pairs = _pairs(stored, mine)
    for index, row in enumerate(mine.rows):
        place = f"第 {index + 1} 行"
        if index not in pairs:
            yield Clash(f"rows.{index + 1}", f"{place}，整行", None, _whole(row))
            continue
        was = stored.rows[pairs[index]]
        for name in ROW_FIELDS:
            yield from _cell(
                f"rows.{index + 1}.{name}", f"{place}，{INDICATOR_LABELS[name]}", was[name], row[name]
            )
    for index in sorted(set(range(len(stored.rows))) - set(pairs.values())):
        yield Clash(f"gone.{index + 1}", f"已存的第 {index + 1} 行，整行", _whole(stored.rows[index]), None)


def merged(stored: Typed, mine: Typed, take: Collection[str]) -> Typed:
    """What is stored, with the cells of mine whose keys are in ``take``. All of them gives mine, none what is stored.

    The order of the rows is mine; a stored row that I do not have stays, behind the row that it stands behind now.
    """
    pairs = _pairs(stored, mine)
    rows: list[tuple[int, dict[str, str]]] = []
    last = -1
    for index, row in enumerate(mine.rows):
        if index in pairs:
            last = pairs[index]
            was = stored.rows[last]
            cells = {n: row[n] if f"rows.{index + 1}.{n}" in take else was[n] for n in ROW_FIELDS}
            rows.append((last, cells))
        elif f"rows.{index + 1}" in take:
            rows.append((last, dict(row)))
    for index in sorted(set(range(len(stored.rows))) - set(pairs.values())):
        if f"gone.{index + 1}" not in take:
            behind = next((at for at, (place, _) in enumerate(rows) if place == index - 1), None)
            rows.insert(0 if index == 0 else len(rows) if behind is None else behind + 1,
                        (index, dict(stored.rows[index])))  # fmt: skip
    goals = []
    for place in range(1, max(len(stored.goals), len(mine.goals)) + 1):
        source = mine.goals if f"goals.{place}" in take else stored.goals
        if place <= len(source):
            goals.append(source[place - 1])
    months = sorted({*stored.plan, *mine.plan})
    return Typed(
        head={n: (mine if n in take else stored).head.get(n, "") for n in HEAD_FIELDS},
        plan={m: (mine if f"plan.{m}" in take else stored).plan.get(m, "") for m in months},
        goals=tuple(goals),
        rows=tuple(cells for _, cells in rows),
    )


def _cell(key: str, place: str, stored: str | None, mine: str | None) -> Iterator[Clash]:
    if stored != mine:
        yield Clash(key, place, stored, mine)


def _at(texts: tuple[str, ...], place: int) -> str | None:
    return texts[place - 1] if place <= len(texts) else None


def _pairs(stored: Typed, mine: Typed) -> dict[int, int]:
    return match_rows([_indicator(row) for row in stored.rows], [_indicator(row) for row in mine.rows])


def _indicator(row: Mapping[str, str]) -> Indicator:
    cells = {name: row[name] for name in ROW_FIELDS}
    return Indicator(**cells, value=parse_value(cells["raw_value"]))


def _whole(row: Mapping[str, str]) -> str:
    return "｜".join(row[name] for name in ROW_FIELDS)
