"""A finding as the rules IAU-… look at it."""

from __future__ import annotations

from datetime import date
from typing import Any

from youju.funds.internal_audits.models import Finding
from youju.rules.funds.internal_audits.facts import FindingFacts, Moment
from youju.rules.funds.internal_audits.lifecycle import OPEN


def facts_of(row: Finding, moment: Moment, day: date, *, actor: str = "", **more: Any) -> FindingFacts:
    """A finding, saved or not yet. ``more`` takes the place of what stands in the row. No query."""
    facts: dict[str, Any] = {
        "moment": moment,
        "day": day,
        "number": row.number,
        "basis": row.basis,
        "amount": row.amount,
        "record_amount": row.record_amount,
        "noticed_on": row.noticed_on,
        "due_on": row.due_on,
        "open": row.state in OPEN,
        "replied_by": row.replied_by,
        "actor": actor,
        "reopened": row.reopened,
        "seriousness": row.seriousness,
    }
    return FindingFacts(**(facts | more))
