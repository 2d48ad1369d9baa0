"""A record of the base as the rules BAS-… look at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Moment = Literal["register", "deliver", "accept", "watch"]


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """One record of one register at one moment.

    Args:
        moment: as it is registered or changed, as a platform project is delivered or accepted, by the nightly round.
        day: of looking.
        register: ``documents``, ``patents``, ``brands``, ``standards`` or ``platforms``.
        number: of the record.
        kind: its kind within the register.
        days: name and label of each day that it has and the day itself, in the order in which they should follow.
        happened: names and labels of those that cannot lie ahead, with the day.
        twice: another record of the register has the number.
        valid_to: a document's last day in force.
        repealed_by, repealed_on: the document that repeals it, and from which day.
        repeals: numbers of the documents that it repeals; ``unknown``: those of them that are not registered.
        due_on: by when a platform project is to be done.
        running: whether it is still to be done.
        delivered_by, actor: usernames of who wrote the delivery down, and who acts now.
        evidence: how many files prove it.
        open_milestones: names of the milestones that are not done.
    """

    moment: Moment
    day: date
    register: str
    number: str
    kind: str = ""
    days: tuple[tuple[str, str, date], ...] = ()
    happened: tuple[tuple[str, str, date], ...] = ()
    twice: bool = False
    valid_to: date | None = None
    repealed_by: str = ""
    repealed_on: date | None = None
    repeals: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    due_on: date | None = None
    running: bool = False
    delivered_by: str = ""
    actor: str = ""
    evidence: int = 0
    open_milestones: tuple[str, ...] = ()
