"""Which metrics a row might be bound to, by its name, its level and its unit: scored, each with the reason in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from youju.rules.law import PolicyValue, Table, table
from youju.rules.performance.measures.degrees import converted, is_quantity, note_of
from youju.rules.performance.targets.facts import Indicator

SUGGESTIONS = "performance.measures.suggestions"
POINTS = "performance.measures.suggestion_points"
LawOf = Mapping[str, PolicyValue]


@dataclass(frozen=True, slots=True)
class Offered:
    """A metric of the catalogue as the suggestion looks at it."""

    unit: str
    parameters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A binding that would fit, with its points; ``metric`` may join two codes by `` + ``."""

    metric: str
    parameters: Mapping[str, str]
    reading: str
    score: int
    reason: str


def suggest(
    indicator: Indicator, project: str, catalogue: Mapping[str, Offered], law: LawOf
) -> list[Candidate]:
    """The candidates for a row, best first; metrics whose unit cannot be converted are left out.

    Args:
        indicator: the row.
        project: its project's code, which becomes the parameter ``project`` where a metric has one.
        catalogue: code → what the metric is.
        law: words and points.
    """
    points = table(law, POINTS)
    found = []
    for each in table(law, SUGGESTIONS).values():
        candidate = _candidate(cast("Table", each), indicator, project, catalogue, law)
        if candidate is not None and candidate.score >= int(str(points["least"])):
            found.append(candidate)
    found.sort(key=lambda each: (-each.score, each.metric, sorted(each.parameters.items())))
    return found[: int(str(points["most"]))]


def _candidate(
    row: Table, indicator: Indicator, project: str, catalogue: Mapping[str, Offered], law: LawOf
) -> Candidate | None:
    codes = [code.strip() for code in str(row["metric"]).split("+")]
    words = [word for word in cast("Sequence[str]", row["words"]) if word in indicator.level3]
    if not words or any(code not in catalogue for code in codes):
        return None
    unit = catalogue[codes[0]].unit
    fits, told = _fits(unit, indicator, law)
    if not fits:
        return None
    points = table(law, POINTS)
    word = max(words, key=len)
    reasons = [f"三级指标有“{word}”"]
    score = len(word) * int(str(points["word"]))
    level = next((each for each in cast("Sequence[str]", row["levels"]) if each in _levels(indicator)), "")
    if level:
        score += int(str(points["level"]))
        reasons.append(f"属于{level}指标")
    if told:
        score += int(str(points["unit"]))
        reasons.append(told)
    known = frozenset[str]().union(*(catalogue[code].parameters for code in codes))
    parameters = {"project": project} if "project" in known else {}
    if tag := str(row.get("tag", "")):
        parameters["tag"] = tag
    reading = "" if is_quantity(indicator) else str(row.get("reading", ""))
    return Candidate(" + ".join(codes), parameters, reading, score, "，".join(reasons))


def _levels(indicator: Indicator) -> str:
    return f"{indicator.level1} {indicator.level2}"


def _fits(unit: str, indicator: Indicator, law: LawOf) -> tuple[bool, str]:
    """Whether a metric's unit can be told in the target's; and what speaks for it."""
    if not is_quantity(indicator):
        return True, ""
    target = indicator.value.unit
    if converted(Decimal(1), unit, target, law) is None:
        return False, ""
    return True, "" if target is None or note_of(unit, target, law) else f"单位“{target}”相符"
