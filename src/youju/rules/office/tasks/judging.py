"""All rules of tasks over one task."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.office.tasks import checks
from youju.rules.office.tasks.checks import LawOf
from youju.rules.office.tasks.facts import TaskFacts
from youju.rules.office.tasks.kinds import TaskKind
from youju.rules.registry import REGISTRY

PREFIX = "TSK-"
__all__ = ["checks", "judge", "stopping"]


def judge(task: TaskFacts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says, by id."""
    scopes = ("task", "dispute") if task.kind == TaskKind.DISPUTE else ("task",)
    found = [
        finding
        for scope in scopes
        for rule in REGISTRY.in_force(task.day, scope, PREFIX)
        for finding in rule.findings(task, law)
    ]
    return sorted(found, key=lambda each: each.rule)


def stopping(findings: list[Finding]) -> list[Finding]:
    """Those that stop it."""
    return [each for each in findings if each.severity is Severity.ERROR]
