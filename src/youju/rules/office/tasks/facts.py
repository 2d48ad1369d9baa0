"""A task as the rules TSK-… look at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Moment = Literal["plan", "finish", "accept", "watch"]
"""When it is looked at: as it is planned or changed, submitted, accepted, or by the nightly round."""


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """One task at one moment.

    Args:
        moment: see ``Moment``.
        day: of looking.
        kind: a code of ``TaskKind``.
        title: what is to be done.
        starts_on, due_on: first and last day, both included.
        person: username of the doer; empty: nobody yet.
        acceptor: username of who is to accept it; empty: whoever may.
        actor: username of who does this now.
        finished_by: username of who submitted it.
        state: a state of the flow.
        evidence: how many files prove it.
        repeats: how many tasks its plan makes.
        applicant, other_side: names of the two sides of a dispute.
        mediations: how many steps of mediation were written down.
        outcome: a code of ``OUTCOMES``; empty: none yet.
        result: in words.
    """

    moment: Moment
    day: date
    kind: str
    title: str
    starts_on: date
    due_on: date
    person: str = ""
    acceptor: str = ""
    actor: str = ""
    finished_by: str = ""
    state: str = "planned"
    evidence: int = 0
    repeats: int = 1
    applicant: str = ""
    other_side: str = ""
    mediations: int = 0
    outcome: str = ""
    result: str = ""
