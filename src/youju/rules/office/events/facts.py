"""An event and what hangs on it as the rules EVT-… look at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

EventMoment = Literal["plan", "cost", "report", "accept", "watch"]
"""When an event is looked at: planned or changed, a cost entered, its result submitted, accepted, or by the nightly round."""


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One event at one moment. Days both included; money in CNY.

    Args:
        moment: see ``EventMoment``.
        day: of looking.
        kind: a code of ``EventKind``.
        name: of the event.
        starts_on, ends_on: first and last day.
        state: a state of the flow.
        signup_until: the last day for signing up.
        places: how many are offered; ``None``: no limit.
        taken: how many are held by sign-ups.
        budget, cost: planned, and entered so far.
        files: how many files stand with the result.
        undecided: sign-ups and orders that nobody has decided on.
        expected, present: people on the lists of attendance, and those who came.
        reported_by, actor: usernames.
    """

    moment: EventMoment
    day: date
    kind: str
    name: str
    starts_on: date
    ends_on: date
    state: str = "planned"
    signup_until: date | None = None
    places: int | None = None
    taken: int = 0
    budget: Decimal | None = None
    cost: Decimal = Decimal(0)
    files: int = 0
    undecided: int = 0
    expected: int = 0
    present: int = 0
    reported_by: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class SignupFacts:
    """A firm that wants to take part.

    Args:
        day: of looking.
        firm: its name.
        until: the last day for signing up; ``None``: up to the first day of the event.
        starts_on: the first day of the event.
        wanted: how many places it asks for.
        suspended: whether its filing is suspended.
        again: whether it is signed up already.
        by_staff: whether the centre writes it down, which may be late.
    """

    day: date
    firm: str
    until: date | None
    starts_on: date
    wanted: int = 1
    suspended: bool = False
    again: bool = False
    by_staff: bool = False


@dataclass(frozen=True, slots=True)
class DealFacts:
    """An order won.

    Args:
        moment: ``declare`` or ``confirm``.
        day: of looking.
        won_on: the day of the order.
        event_from: the first day of the exhibition.
        amount: in CNY.
        evidence: how many files prove it.
        declared_by, actor: usernames.
    """

    moment: Literal["declare", "confirm"]
    day: date
    won_on: date
    event_from: date
    amount: Decimal
    evidence: int = 0
    declared_by: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class StageFacts:
    """A step of a firm that is to be won, or of an AEO application.

    Args:
        moment: ``add`` or ``step``.
        day: of looking.
        firm: its name.
        on: the day of the step.
        last_on: the day of the step before.
        needs_proof: whether the stage asks for a file.
        evidence: how many files there are.
        again: whether the firm stands in the same list already.
    """

    moment: Literal["add", "step"]
    day: date
    firm: str
    on: date
    last_on: date | None = None
    needs_proof: bool = False
    evidence: int = 0
    again: bool = False
