"""Rows of parties as the rules see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from youju.rules.trade.parties.acting import ActingFacts
from youju.rules.trade.parties.changes import FIELDS
from youju.rules.trade.parties.lifecycle import SUBMITTED
from youju.rules.trade.parties.merging import Side
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.models import Party


def acting_facts(party: Party, day: date) -> ActingFacts:
    """Whether a loaded party may act. Reads the filing that it was merged into."""
    into = party.merged_into.name if party.merged_into_id and party.merged_into else ""
    return ActingFacts(day, party.name, party.state, party.valid_from, party.valid_to, into)


def side(party: Party) -> Side:
    """One side of a merge. One query."""
    return Side(
        id=party.pk,
        name=party.name,
        state=party.state,
        credit_code=party.credit_code,
        country=party.country,
        merged=party.merged_into_id is not None,
        open_changes=party.changes.filter(state=SUBMITTED).count(),
    )


def plain_fields(party: Party) -> dict[str, Any]:
    """What may be changed of a party, as JSON holds it: numbers as text, lists as lists."""
    return {name: plain(getattr(party, name)) for name in FIELDS}


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Decimal | date):
        return str(value)
    return list(value) if isinstance(value, list | tuple) else value


def worded(name: str, value: Any) -> str:
    """A kept value in plain words; an identifier is only ever its masked form."""
    if isinstance(value, Mapping):
        return str(value.get("masked", ""))
    if name == "roles":
        return "、".join(PartyRole(each).label for each in value or ())
    if isinstance(value, list | tuple):
        return "、".join(str(each) for each in value)
    return "" if value is None else str(value)
