"""A round of monitoring as the rules MON-… look at it: the round, a project, an indicator row, an order, a suspension."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

SURE, POSSIBLE, IMPOSSIBLE = "sure", "possible", "impossible"
LIKELIHOODS: Final = {SURE: "确定能", POSSIBLE: "有可能", IMPOSSIBLE: "完全不可能"}
"""Whether the target will be reached (完成目标可能性), from the best to the worst."""

CAUSES: Final = {
    "funds": "经费保障",
    "system": "制度保障",
    "people": "人员保障",
    "hardware": "硬件条件保障",
    "other": "其他",
}
"""Causes of deviation (偏差原因) of the official form."""

OrderMoment = Literal["issue", "reply", "verify", "watch"]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a row is expected to come to: the target and the forecast in the target's unit, or the tier of a qualitative row."""

    level1: str
    level2: str
    operator: str | None
    number: Decimal | None
    forecast: Decimal | None
    tier_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as it is submitted: the year and month that it covers, the day of looking."""

    day: date
    year: int
    month: int


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project of a round; ``colour`` is that of its execution, empty where it has no budget."""

    day: date
    code: str
    colour: str
    explanation: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class RowFacts:
    """An indicator row of a round; ``key`` names it on the form, ``suggested`` and ``likelihood`` are of ``LIKELIHOODS``."""

    day: date
    key: str
    name: str
    suggested: str = ""
    likelihood: str = ""
    cause: str = ""
    explanation: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """A rectification order at a moment; ``evidence`` counts the files of this reply."""

    moment: OrderMoment
    day: date
    issued_on: date
    due_on: date
    open: bool = True
    evidence: int = 0
    replied_by: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class SuspensionFacts:
    """A suspension of payment as it is decided or lifted; ``order_open`` says whether its order still waits."""

    moment: Literal["decide", "lift"]
    day: date
    reason: str
    order_open: bool
    verified: bool = False
