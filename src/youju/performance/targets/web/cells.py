"""The fields of the editor's form: to cells and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from youju.performance.targets import selectors
from youju.performance.targets.services import Checked
from youju.rules.performance.targets.diff import INDICATOR_LABELS
from youju.rules.performance.targets.typed import HEAD_FIELDS, ROW_FIELDS, Typed, labels

_ROW = re.compile(r"row-([1-9][0-9]{0,3})-([a-z0-9_]+)")
_GOAL = re.compile(r"goal-([1-9][0-9]{0,3})")
_PLAN = re.compile(r"plan-(0[1-9]|1[0-2])")
SLOTS = ("name", "money", "purpose", "plan", "goals", "table")


def typed_from_post(post: QueryDict) -> Typed:
    """What was typed. Rows and goals stand by their numbers; gaps close up."""
    goals: dict[int, str] = {}
    rows: dict[int, dict[str, str]] = {}
    plan: dict[str, str] = {}
    for key, value in post.items():
        text = str(value).replace("\r\n", "\n")
        if match := _ROW.fullmatch(key):
            if match[2] in ROW_FIELDS:
                rows.setdefault(int(match[1]), dict.fromkeys(ROW_FIELDS, ""))[match[2]] = text
        elif match := _GOAL.fullmatch(key):
            goals[int(match[1])] = text
        elif match := _PLAN.fullmatch(key):
            plan[match[1]] = text
    return Typed(
        head={name: post.get(name, "").replace("\r\n", "\n") for name in HEAD_FIELDS},
        plan=dict(sorted(plan.items())),
        goals=tuple(goals[number] for number in sorted(goals)),
        rows=tuple(rows[number] for number in sorted(rows)),
    )


def base_of(post: QueryDict) -> int:
    """The revision that the typing started from; an unreadable one fits none, so that the save is refused."""
    text = post.get("base", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 2_000_000_000


def cells_of(typed: Typed) -> dict[str, Any]:
    """The form for the template: rows and goals with their numbers, months with their labels."""
    named = labels(list(typed.plan))
    return {
        "head": typed.head,
        "plan": [(month, int(month), text) for month, text in typed.plan.items()],
        "goals": list(enumerate(typed.goals, 1)),
        "rows": [
            {
                "number": number,
                "cells": [(name, INDICATOR_LABELS[name], row[name]) for name in ROW_FIELDS],
                "place": " › ".join(filter(None, (row["level1"], row["level2"]))),
            }
            for number, row in enumerate(typed.rows, 1)
        ],
        "names": named,
    }


def margins_of(checked: Checked, typed: Typed) -> list[dict[str, Any]]:
    """What stands beside each part of the form: slot, and its findings; every slot is there, so that old ones go away."""
    found: dict[str, list[dict[str, str]]] = {slot: [] for slot in SLOTS}
    for number in range(1, len(typed.rows) + 1):
        found[f"row-{number}"] = []
    for fault in checked.faults:
        message = f"{selectors.cell_name(fault.cell)}：{fault.message}"
        slot = found.setdefault(_slot_of_cell(fault.cell), [])
        slot.append({"severity": "error", "message": message, "suggestion": "", "rule": ""})
    for each in checked.findings:
        place = _slot(each.at, checked.places)
        found.setdefault(place, []).append(
            {
                "severity": each.severity.value,
                "message": each.message,
                "suggestion": each.suggestion,
                "rule": each.rule,
            }
        )
    return [{"slot": slot, "items": items} for slot, items in found.items()]


def tally(margins: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many there are of each severity."""
    every = [item["severity"] for margin in margins for item in margin["items"]]
    return {name: every.count(name) for name in ("error", "warning", "hint")}


def _slot(at: Mapping[str, str | int | None], places: Sequence[int]) -> str:
    row, field = at.get("row"), str(at.get("field") or "")
    if isinstance(row, int) and row <= len(places):
        return f"row-{places[row - 1]}"
    return selectors.part_of(field)


def _slot_of_cell(cell: str) -> str:
    part, _, rest = cell.partition(".")
    if part == "rows" and rest:
        return f"row-{rest.partition('.')[0]}"
    return selectors.part_of(part)
