"""All rules of the base over one record."""

from __future__ import annotations

from youju.rules.findings import Finding
from youju.rules.office.base import checks
from youju.rules.office.base.checks import LawOf
from youju.rules.office.base.facts import RecordFacts
from youju.rules.registry import REGISTRY

PREFIX = "BAS-"
__all__ = ["checks", "judge"]


def judge(record: RecordFacts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says, by id."""
    return REGISTRY.judge(record, law, day=record.day, scope="base_record", prefix=PREFIX)
