"""A stored set as the facts that it was read as."""

from __future__ import annotations

from dataclasses import replace

from youju.performance.targets import facts
from youju.performance.targets.models import TargetSet
from youju.rules.performance.targets.facts import TargetDocument


def document(target_set: TargetSet, *, project: str | None = None) -> TargetDocument:
    """The whole document, or with the one project of that code alone (none when there is no such project)."""
    whole = facts.document(target_set)
    if project is None:
        return whole
    return replace(whole, projects=tuple(each for each in whole.projects if each.code == project))
