"""All rules of tasks over one task."""

from __future__ import annotations

from itertools import chain

from youju.rules.findings import Finding
from youju.rules.office.tasks import checks
from youju.rules.office.tasks.checks import LawOf
from youju.rules.office.tasks.facts import TaskFacts
from youju.rules.office.tasks.kinds import TaskKind
from youju.rules.registry import REGISTRY

PREFIX = "TSK-"
__all__ = ["checks", "judge"]


def judge(task: TaskFacts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says, by id."""
    scopes = ("task", "dispute") if task.kind == TaskKind.DISPUTE else ("task",)
    found = (REGISTRY.judge(task, law, day=task.day, scope=scope, prefix=PREFIX) for scope in scopes)
    return sorted(chain.from_iterable(found), key=lambda each: each.rule)
