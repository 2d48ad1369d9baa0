"""The rows of a document, each with what it is recognised by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from youju.performance.targets import selectors as targets
from youju.rules.performance.measures.row_names import name_hash
from youju.rules.performance.targets.facts import Indicator

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed:
    """A row in its project's table; ``row`` from 1."""

    project: str
    project_name: str
    row: int
    indicator: Indicator
    name_hash: str

    @property
    def identity(self) -> tuple[str, int, str]:
        """Project, place and levels."""
        return self.project, self.row, self.name_hash


def placed(target_set: TargetSet, code: str | None = None) -> list[Placed]:
    """The rows of a version in the document's order; of one project where a code is given. As many queries for any size."""
    document = targets.document(target_set, project=code)
    return [
        Placed(project.code, project.name, number, indicator, name_hash(indicator))
        for project in document.projects
        for number, indicator in enumerate(project.indicators, start=1)
    ]


def matched(rows: Sequence[Placed], kept: Sequence[tuple[tuple[str, int, str], T]]) -> dict[int, T]:
    """Which kept record belongs to which row (its place in ``rows``): first those that stand where they stood, then those whose
    levels occur once among what is left of the project."""
    found: dict[int, T] = {}
    exact = {row.identity: place for place, row in enumerate(rows)}
    left: list[tuple[tuple[str, int, str], T]] = []
    for identity, record in kept:
        place = exact.get(identity)
        if place is not None and place not in found:
            found[place] = record
        elif place is None:
            left.append((identity, record))
    if not left:
        return found
    free: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        if place not in found:
            free.setdefault((row.project, row.name_hash), []).append(place)
    for (project, _, levels), record in left:
        places = free.get((project, levels), [])
        if len(places) == 1 and places[0] not in found:
            found[places[0]] = record
    return found
