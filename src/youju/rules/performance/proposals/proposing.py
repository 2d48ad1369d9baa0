"""A proposed document of next year's targets, row by row, from this year's document, its findings and what was reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from youju.rules.findings import Finding
from youju.rules.law import PolicyValue
from youju.rules.performance.proposals.curing import cured, value_text
from youju.rules.performance.proposals.facts import Proposed, Reached
from youju.rules.performance.proposals.numbers import next_number, told
from youju.rules.performance.targets.facts import Indicator, TargetDocument
from youju.rules.performance.targets.values import parse_value

Place = tuple[str, int]
"""Project code and 1-based row."""


def propose_row(
    row: Indicator, reached: Reached, found: Sequence[Finding], law: Mapping[str, PolicyValue]
) -> Proposed:
    """Next year's row.

    Args:
        row: this year's.
        reached: what it came to.
        found: what the linter says of it.
        law: of the day on which it is proposed.
    """
    mended, cures = cured(row, found, law)
    number, method = next_number(mended, reached, law)
    if number is None:
        method = "定性指标，沿用本年的说法" if mended.raw_value.strip() else "没有指标值，请补填"
        if reached.tier_rate is not None:
            method += f"；本年分档的比率 {told(reached.tier_rate)}%"
    elif mended.value.number is not None and told(number) != mended.value.number:
        raw = value_text(replace(mended.value, number=told(number)))
        mended = replace(mended, raw_value=raw, value=parse_value(raw))
    done = {each.rule for each in cures}
    left = tuple(each for each in found if each.rule not in done)
    return Proposed(mended, reached.baseline, reached.last_year, method, tuple(cures), left)


def propose(
    document: TargetDocument,
    found: Sequence[Finding],
    reached: Mapping[Place, Reached],
    law: Mapping[str, PolicyValue],
) -> dict[Place, Proposed]:
    """All rows of next year by project code and row, in the document's order."""
    of_row: dict[Place, list[Finding]] = {}
    for each in found:
        project, place = each.at.get("project"), each.at.get("row")
        if isinstance(project, str) and isinstance(place, int):
            of_row.setdefault((project, place), []).append(each)
    return {
        (project.code, place): propose_row(
            row, reached.get((project.code, place), Reached()), of_row.get((project.code, place), ()), law
        )
        for project in document.projects
        for place, row in enumerate(project.indicators, 1)
    }
