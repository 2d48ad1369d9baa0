"""Rows of the tables as the rules PRO-… look at them, and measured rows as baselines."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from youju.performance.measures.selectors import MeasuredRow
from youju.rules.performance.proposals.facts import MarkFacts, ProposalFacts, Reached
from youju.rules.performance.proposals.marks import ITEMS
from youju.rules.performance.proposals.numbers import wants_less
from youju.rules.performance.targets.facts import Indicator
from youju.rules.performance.targets.values import parse_value

if TYPE_CHECKING:
    from youju.performance.proposals.models import AuditMark, ProposedRow


def reached_of(row: MeasuredRow, before: MeasuredRow | None = None) -> Reached:
    """What a measured row came to, with last year's row beside it where there is one in the same unit."""
    last = before.value if before is not None and before.unit == row.unit else None
    return Reached(row.value, row.forecast, last, row.tier_rate, row.metric)


def indicator_of(row: ProposedRow) -> Indicator:
    """Next year's row as the rules of targets know it."""
    return Indicator(
        row.level1,
        row.level2,
        row.level3,
        row.description,
        row.raw_value,
        parse_value(row.raw_value),
        row.basis,
    )


def proposal_facts(row: ProposedRow, day: date) -> ProposalFacts:
    """A proposed row as it stands."""
    indicator = indicator_of(row)
    return ProposalFacts(
        day=day,
        key=f"{row.place}-{row.row}",
        indicator=indicator,
        less=wants_less(indicator),
        baseline=row.baseline,
        edited=row.edited,
        reason=row.reason,
    )


def mark_facts(row: AuditMark, day: date) -> MarkFacts:
    """A mark as it stands."""
    return MarkFacts(day, row.item, ITEMS[row.item][1], row.full, row.score, row.mark, row.why)
