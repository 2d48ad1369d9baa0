"""What a reply of customs means for a declaration: take a step now, wait for its turn, say nothing new, or contradict.

Replies come repeated, late and out of order. This is decided from where the declaration stands and from the reply alone, so
that any order of the same replies ends in the same state. ``position`` counts the notices about one declaration from 1; where a
reply carries it, it waits until all earlier ones were read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from youju.rules.trade.declarations.lifecycle import (
    ACCEPTED,
    EXPORTED,
    INSPECTION,
    PLANNED,
    PRE_ENTRY,
    REJECTED,
    RELEASED,
    SENT,
    WITHDRAWN,
)

_ENTRY = re.compile(r"[0-9]{18}")
_RANK = {state: place for place, state in enumerate((SENT, ACCEPTED, INSPECTION, RELEASED, EXPORTED))}


class Result(StrEnum):
    """What a reply tells."""

    IMPORTED = "imported"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    INSPECTION = "inspection"
    RELEASED = "released"
    EXPORTED = "exported"


RESULTS = {
    Result.IMPORTED: "单一窗口已收到",
    Result.REJECTED: "退单",
    Result.ACCEPTED: "受理",
    Result.INSPECTION: "布控查验",
    Result.RELEASED: "放行",
    Result.EXPORTED: "结关",
}
"""What each is called."""
_STEPS = {
    Result.ACCEPTED: "accept",
    Result.INSPECTION: "inspect",
    Result.RELEASED: "release",
    Result.EXPORTED: "export",
}
_SOURCES = {
    Result.ACCEPTED: (SENT,),
    Result.INSPECTION: (ACCEPTED,),
    Result.RELEASED: (ACCEPTED, INSPECTION),
    Result.EXPORTED: (RELEASED,),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A reply as read. ``client`` is our number and version (``D1-2``); ``at`` is customs' time."""

    client: str
    result: Result
    sequence_number: str = ""
    entry_number: str = ""
    reason: str = ""
    at: datetime | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a declaration stands; ``read`` are the positions of the replies that were read."""

    state: str
    entry_number: str = ""
    sequence_number: str = ""
    read: frozenset[int] = frozenset()


class Turn(StrEnum):
    """What to do with a reply."""

    APPLY = "apply"
    KEEP = "keep"
    PAST = "past"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do, the step to take (empty: only numbers are noted), and why in Chinese."""

    turn: Turn
    step: str = ""
    why: str = ""


def entry_fault(number: str) -> str:
    """Why a customs number of a declaration (报关单号) cannot be one; empty where it can: 18 digits."""
    return "" if _ENTRY.fullmatch(number) else "报关单号应为 18 位数字"


def judge(standing: Standing, notice: Notice) -> Verdict:  # noqa: PLR0911 - one case after another
    """What a reply means for a declaration that stands so."""
    if standing.state in (PLANNED, PRE_ENTRY):
        return Verdict(Turn.KEEP, why="申报单还没有记为已发送")
    if why := _contradiction(standing, notice):
        return Verdict(Turn.REFUSE, why=why)
    if notice.result is Result.IMPORTED:
        new = bool(notice.sequence_number) and not standing.sequence_number
        return Verdict(Turn.APPLY) if new else Verdict(Turn.PAST, why="此前已收到过")
    if notice.result is Result.REJECTED:
        if standing.state == SENT:
            return Verdict(Turn.APPLY, "reject")
        return Verdict(Turn.PAST, why="此前已退单")
    if _RANK[standing.state] >= _RANK[notice.result.value]:
        return Verdict(Turn.PAST, why="此前已到这一步")
    missing = sorted(set(range(1, notice.position or 1)) - standing.read)
    if missing:
        return Verdict(Turn.KEEP, why=f"前面还缺第 {'、'.join(map(str, missing))} 号回执")
    if standing.state in _SOURCES[notice.result]:
        return Verdict(Turn.APPLY, _STEPS[notice.result])
    return Verdict(Turn.KEEP, why="前面的回执还没有到")


def _contradiction(standing: Standing, notice: Notice) -> str:
    told = RESULTS[notice.result]
    for label, ours, theirs in (
        ("报关单号", standing.entry_number, notice.entry_number),
        ("统一编号", standing.sequence_number, notice.sequence_number),
    ):
        if ours and theirs and ours != theirs:
            return f"回执的{label} {theirs} 与已记的 {ours} 不一致"
    if notice.result is Result.IMPORTED:
        return ""
    if standing.state == WITHDRAWN:
        return f"申报单已撤销，却收到“{told}”"
    if standing.state == REJECTED and notice.result is not Result.REJECTED:
        return f"这一版已退单，却收到“{told}”"
    if notice.result is Result.REJECTED and standing.state not in (SENT, REJECTED):
        return "申报单已受理，却收到“退单”"
    return ""
