"""Rules that stop a person's month, said all at once."""

from __future__ import annotations

from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.office.staff.facts import LineFacts
from youju.rules.office.staff.judging import judge_line


class StaffRefusedError(RefusedError):
    """The rules stop it: all that they found, for the form to show beside its fields."""


def checked(facts: LineFacts) -> list[Finding]:
    """What the rules of the day say without stopping it: hints and warnings.

    Raises:
        StaffRefusedError: something stops it.
    """
    return StaffRefusedError.unless_clear(judge_line(facts, law_on(facts.day)))
