"""What this room counts for the measures of performance, each with the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from youju.foundation.workflow import selectors as workflow
from youju.rules.trade.parties.lifecycle import CHANGE_FLOW, CHANGE_KIND, PARTY_FLOW, PARTY_KIND

# What the centre does and promises days for; that a party takes its filing back is no procedure of the centre.
_OURS = {PARTY_KIND: ("accept", "approve", "return"), CHANGE_KIND: ("approve", "return")}
_TITLES = {PARTY_KIND: PARTY_FLOW.title, CHANGE_KIND: CHANGE_FLOW.title}


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure of the centre that had a limit: a row behind ``requests.within_limit_rate``."""

    kind: str
    key: str
    label: str
    step: str
    at: datetime
    due_on: date
    within_limit: bool
    working_days: int


@dataclass(frozen=True, slots=True)
class WithinLimit:
    """How many procedures with a limit were done, how many of them in time; ``rate`` in per cent, ``None`` without any."""

    done: int
    in_time: int
    rate: Decimal | None


def procedures_within_limit(*, since: date, until: date) -> WithinLimit:
    """The procedures on filings and their changes in a period (both days included): ``requests.within_limit_rate``. One query."""
    counted = _steps(since, until).aggregate(
        done=Count("pk"), in_time=Count("pk", filter=Q(within_limit=True))
    )
    done, in_time = counted["done"], counted["in_time"]
    rate = (Decimal(in_time) * 100 / done).quantize(Decimal("0.01")) if done else None
    return WithinLimit(done, in_time, rate)


def procedures(*, since: date, until: date) -> Sequence[Procedure]:
    """The rows behind the rate, in the order in which they were done. One query."""
    rows = _steps(since, until).select_related("case").order_by("at", "pk")
    return [
        Procedure(
            kind=_TITLES[row.case.flow],
            key=row.case.subject_key,
            label=row.case.label,
            step=row.transition,
            at=row.at,
            due_on=row.due_on,
            within_limit=row.within_limit,
            working_days=row.working_days,
        )
        for row in rows
    ]


def _steps(since: date, until: date) -> QuerySet:  # type: ignore[type-arg]  # the workflow's own rows
    ours = Q(pk__in=[])
    for flow, steps in _OURS.items():
        ours |= Q(case__flow=flow, transition__in=steps)
    return workflow.finished_steps(since=since, until=until).filter(ours)
