"""A finding, a sample and a planned project as the rules IAU-… look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Moment = Literal["register", "notify", "reply", "verify", "watch"]


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """One finding at one moment.

    Args:
        moment: as it is registered, as rectification is asked for, replied, verified, or by the nightly round.
        day: of looking.
        number: of the finding; empty before it has one.
        basis: the clause that was not kept.
        amount: in CNY; ``None`` where money is not the matter.
        record_amount: of the record that it is tied to, in CNY; ``None`` where it has none.
        noticed_on, due_on: when the section was told, and until when it must be put right.
        open: whether it is not closed.
        evidence: how many files came with the reply in this round.
        replied_by, actor: usernames of who replied and who acts now.
        reopened: how often it was opened again.
        seriousness: a code of ``kinds.SERIOUSNESS``.
    """

    moment: Moment
    day: date
    number: str = ""
    basis: str = ""
    amount: Decimal | None = None
    record_amount: Decimal | None = None
    noticed_on: date | None = None
    due_on: date | None = None
    open: bool = True
    evidence: int = 0
    replied_by: str = ""
    actor: str = ""
    reopened: int = 0
    seriousness: str = "minor"


@dataclass(frozen=True, slots=True)
class SampleFacts:
    """A sample as it is drawn: how many units there are, how many are taken, how many strata, and the day."""

    day: date
    population: int
    size: int


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """A project of the yearly plan: its plan's year, its days (both included), the day of looking."""

    day: date
    year: int
    title: str
    starts_on: date
    ends_on: date
