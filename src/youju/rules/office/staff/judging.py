"""All rules of dispatched staff over one person's month, or over a month."""

from __future__ import annotations

from youju.rules.findings import Finding
from youju.rules.office.staff import checks
from youju.rules.office.staff.checks import LawOf
from youju.rules.office.staff.facts import LineFacts, MonthFacts
from youju.rules.registry import REGISTRY

PREFIX = "STM-"
__all__ = ["checks", "judge_line", "judge_month"]


def judge_line(line: LineFacts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says of a person's month, by id."""
    return REGISTRY.judge(line, law, day=line.day, scope="staff_line", prefix=PREFIX)


def judge_month(month: MonthFacts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says of a month, by id."""
    return REGISTRY.judge(month, law, day=month.day, scope="staff_month", prefix=PREFIX)
