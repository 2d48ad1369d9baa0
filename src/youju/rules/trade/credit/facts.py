"""What the credit rules look at: records of conduct, and appeals, repairs and lists at one moment."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class ConductRecord:
    """One thing that a party did or that was found of it (信用记录), as the room that keeps it tells it.

    Args:
        party_id: the party's filing; 0 where the room knows only ``party_code``.
        day: when it happened and was known; a record counts from this day on and never changes afterwards.
        kind: one of ``kinds.KINDS``.
        key: what tells it from the others of its kind, e.g. the case's key and step.
        number: what people call it.
        url: where it is opened; not part of what it says.
        count: how many like it stand behind it: good ones may be told by the month.
        amount: CNY, where there is one.
        outcome: what came of it, in words.
        party_code: credit code or filing number, for rooms that know no filings.
    """

    party_id: int
    day: date
    kind: str
    key: str
    number: str = ""
    url: str = ""
    count: int = 1
    amount: Decimal | None = None
    outcome: str = ""
    party_code: str = ""

    @property
    def mark(self) -> str:
        """Kind and key: names it within a party."""
        return f"{self.kind}:{self.key}"

    @property
    def digest(self) -> str:
        """SHA-256 over what it says, 64 hex digits."""
        parts = (
            self.party_id,
            self.day,
            self.kind,
            self.key,
            self.number,
            self.count,
            self.amount,
            self.outcome,
        )
        return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class AppealFacts:
    """An appeal (申诉) against a score. ``counted``: the record named is one that took points."""

    moment: Literal["submit", "decide"]
    day: date
    scored_on: date
    told_on: date
    counted: bool
    aside: bool
    open_before: int
    reason: str
    files: int
    hands: tuple[str, ...] = ()
    actor: str = ""


@dataclass(frozen=True, slots=True)
class RepairFacts:
    """A wish for repair (修复) of one record. ``later``: days of like records after it."""

    moment: Literal["submit", "decide"]
    day: date
    kind: str
    record_day: date
    later: tuple[date, ...]
    counted: bool
    aside: bool
    open_before: int
    reason: str
    files: int
    hands: tuple[str, ...] = ()
    actor: str = ""


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A publicity list (公示名单) before it is shown: the snapshot's day, its age in the order of snapshots, what is in it."""

    day: date
    scored_on: date
    latest: bool
    grades: tuple[str, ...]
    size: int
    open_appeals: tuple[str, ...] = ()
    maker: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class PrepaymentFacts:
    """A wish to pay part of a subsidy before it is decided: ``level`` is the party's, empty where it has none."""

    day: date
    level: str
    policy_allows: bool
    name: str = ""
