"""A contract as the rules CON-… look at it."""

from __future__ import annotations

from datetime import date

from youju.office.contracts.models import Contract
from youju.rules.office.contracts.facts import ContractFacts, Moment
from youju.rules.office.contracts.lifecycle import DROPPED, IN_FORCE


def facts_of(
    row: Contract, moment: Moment, day: date, *, delivered_by: str = "", actor: str = ""
) -> ContractFacts:
    """A contract, saved or not yet, with what hangs on it. Two queries for a saved one."""
    parts = list(row.deliverables.exclude(state=DROPPED)) if row.pk else []
    instalments = list(row.instalments.all()) if row.pk else []
    return ContractFacts(
        moment=moment,
        day=day,
        number=row.number,
        amount=row.amount,
        signed_on=row.signed_on,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        deliverables=sum((each.price for each in parts), start=row.amount * 0),
        instalments=sum((each.amount for each in instalments), start=row.amount * 0),
        due_days=tuple(each.due_on for each in parts),
        in_force=row.state == IN_FORCE,
        delivered_by=delivered_by,
        actor=actor,
    )
