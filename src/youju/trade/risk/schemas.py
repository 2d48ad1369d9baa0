"""What the API of risk says and takes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

Plain = r"^[^\x00]*$"
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=Plain)]
Revision = Annotated[int, Field(ge=0, le=2_000_000_000)]
HitId = Annotated[int, Field(ge=1, le=9_000_000_000_000_000_000)]


class RiskHitOut(Schema):
    """A hit: dollars as decimal text; ``conclusion`` empty until it is disposed of."""

    id: int
    rule: str
    title: str
    subject: str
    period: str
    day: date
    party_id: int | None
    message: str
    stake_usd: str
    points: int
    state: str
    conclusion: str
    assigned_to: str
    found_at: datetime
    revision: int


class RiskHitsOut(Schema):
    """A page of hits, the newest first, and how many there are in all."""

    total: int
    items: list[RiskHitOut]


class RiskEvidenceOut(Schema):
    """A row of the evidence as it was when the hit was found."""

    kind: str
    key: str
    line: int | None
    day: str
    quantity: str
    usd: str
    kg: str


class RiskHitFullOut(RiskHitOut):
    """A hit with its evidence and the facts that the rule looked at."""

    suggestion: str
    evidence: list[RiskEvidenceOut]
    figures: dict[str, Any]
    explanation: str
    grounds: str
    appeal: str
    decision: str
    as_of: date
    policy_hash: str
    peers_version: int | None


class RiskStepIn(Schema):
    """The centre's deed with a hit. ``conclusion`` for disposing, and for a decision that changes it."""

    step: Literal["ask", "dispose", "decide"]
    words: Words
    conclusion: Literal["", "genuine", "false_alarm", "explained", "referred"] = ""
    revision: Revision | None = None


class RiskOwnStepIn(Schema):
    """The party's deed with a hit that was opened to it."""

    step: Literal["answer", "appeal"]
    words: Words
    revision: Revision | None = None


class RiskAssignIn(Schema):
    """Hits for one officer (username), or empty: in turn within the section."""

    hits: Annotated[list[HitId], Field(min_length=1, max_length=200)]
    to: Annotated[str, Field(max_length=64, pattern=Plain)] = ""


class RiskAssignedOut(Schema):
    """How many were given out."""

    assigned: int


class RiskStateOut(Schema):
    """Where a hit stands now."""

    id: int
    state: str
    conclusion: str
    revision: int


class RiskLaneOut(Schema):
    """The lane of a declaration; ``share`` in per cent is what the draw of ``draw_day`` was held against."""

    number: str
    lane: Literal["green", "yellow", "red"]
    points: int
    rules: list[str]
    drawn: bool
    share: str
    draw_day: date
    decided_at: datetime


class RiskDrawOut(Schema):
    """A day's draw; ``seed`` (hex) is empty until the day is over. ``faults``: what a check just made found."""

    day: date
    commitment: str
    committed_at: datetime
    seed: str
    lanes: int
    drawn: int
    faults: list[str]


class RiskPeerOut(Schema):
    """Peers in dollars: ``basis`` price (per unit) or kg; logarithms as the rules use them beside them."""

    hs6: str
    basis: Literal["price", "kg"]
    unit: str
    peers: int
    median_usd: float
    log_median: float
    log_spread: float


class RiskPeersOut(Schema):
    """The newest version and its rows for a code."""

    version: int | None
    counted_at: datetime | None
    items: list[RiskPeerOut]


class RiskScanIn(Schema):
    """The first day and the day after the last."""

    since: date
    until: date


class RiskScanOut(Schema):
    """A scan: ``waiting`` until a worker has done it."""

    id: int
    since: date
    until: date
    state: str
    lines: int
    found: int
    new: int
    counts: dict[str, int]
    skipped: list[str]
