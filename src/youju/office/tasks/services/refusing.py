"""Rules that stop a task, said all at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.office.tasks.facts import TaskFacts
from youju.rules.office.tasks.judging import judge, stopping


class TaskRefusedError(InputError):
    """The rules stop it: all that they found, for the form to show beside its fields."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        first = findings[0]
        more = f"（另有 {len(findings) - 1} 处）" if len(findings) > 1 else ""
        super().__init__(
            first.message.rstrip("。") + more, where=first.rule, how=first.suggestion.rstrip("。")
        )


def checked(facts: TaskFacts, day: date) -> list[Finding]:
    """What the rules of the day say without stopping it: hints and warnings.

    Raises:
        TaskRefusedError: something stops it.
    """
    found = judge(facts, law_on(day))
    if hard := stopping(found):
        raise TaskRefusedError(hard)
    return found
