"""A record as the rules BAS-… look at it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from youju.office.base.models import MODELS
from youju.office.base.registers import REGISTERS
from youju.rules.office.base.facts import Moment, RecordFacts
from youju.rules.office.base.kinds import DOCUMENTS, PLATFORMS
from youju.rules.office.base.lifecycle import OPEN

_ORDERED = {DOCUMENTS: ("valid_from", "valid_to")}
"""A document may come into force before it is issued: only these of its days follow one another."""


def facts_of(  # noqa: PLR0917 - what a record is seen with
    register: str,
    row: Any,
    moment: Moment,
    day: date,
    actor: str = "",
    evidence: int = 0,
    twice: bool = False,
    unknown: Collection[str] = (),
) -> RecordFacts:
    """A record, saved or not yet. One query for the milestones of a saved platform project, none else."""
    declared = REGISTERS[register]
    days = declared.days(row)
    happened = {each.name for each in declared.fields if each.happened}
    ordered = _ORDERED.get(register)
    repeals = tuple(getattr(row, "repeals", ()))
    platform = register == PLATFORMS
    undone = row.milestones.filter(done_on=None) if platform and row.pk else ()
    return RecordFacts(
        moment=moment,
        day=day,
        register=register,
        number=row.number,
        kind=row.kind,
        days=tuple(each for each in days if ordered is None or each[0] in ordered),
        happened=tuple(each for each in days if each[0] in happened),
        twice=twice,
        valid_to=getattr(row, "valid_to", None),
        repealed_by=getattr(row, "repealed_by", ""),
        repealed_on=getattr(row, "repealed_on", None),
        repeals=repeals,
        unknown=tuple(number for number in repeals if number in unknown),
        due_on=getattr(row, "due_on", None),
        running=platform and row.state in OPEN,
        delivered_by=getattr(row, "delivered_by", ""),
        actor=actor,
        evidence=evidence,
        open_milestones=tuple(each.title for each in undone),
    )


def missing_numbers(register: str, numbers: Collection[str]) -> set[str]:
    """Which of the numbers no record of the register has. One query where there are any."""
    if not numbers:
        return set()
    there = MODELS[register]._default_manager.filter(number__in=numbers).values_list("number", flat=True)
    return set(numbers) - set(there)
