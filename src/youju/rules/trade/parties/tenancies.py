"""Who holds a stall from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue
from youju.rules.registry import REGISTRY, rule

FIRST_DAY = date(2020, 1, 1)
BASIS = "house-parties-changes#tenancy"
LawOf = Mapping[str, PolicyValue]


@dataclass(frozen=True, slots=True)
class Held:
    """A range in which somebody holds the stall: half-open, ``until`` ``None`` while it lasts."""

    holder: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class TenancyFacts:
    """A tenancy that is to be entered; ``barred`` says why its party may not act, empty: it may."""

    day: date
    stall: str
    wanted: Held
    others: tuple[Held, ...] = ()
    barred: str = ""


@rule(
    "PTY-111",
    title="一个摊位同一天只有一户",
    basis=BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="tenancy",
)
def held_by_one(facts: TenancyFacts, _law: LawOf) -> Finding | None:
    """一个摊位同一天只能登记一个经营户，前一户退租的当天起后一户可以登记。"""
    for other in facts.others:
        if not _apart(facts.wanted, other):
            until = f"到 {other.until}（不含）" if other.until else "至今"
            return Finding(
                f"摊位 {facts.stall} 从 {other.since} {until}由“{other.holder}”承租，日期重叠。",
                "请先登记前一户退租，或改用不重叠的日期。",
            )
    return None


@rule(
    "PTY-112",
    title="承租人须能办理业务",
    basis=BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="tenancy",
)
def holder_may_act(facts: TenancyFacts, _law: LawOf) -> Finding | None:
    """摊位只登记给备案有效的主体。"""
    if not facts.barred:
        return None
    return Finding(facts.barred, "请先办好备案、续期或恢复，再登记摊位。")


@rule(
    "PTY-113", title="退租不早于起租", basis=BASIS, since=FIRST_DAY, severity=Severity.ERROR, scope="tenancy"
)
def ends_after_it_began(facts: TenancyFacts, _law: LawOf) -> Finding | None:
    """退租日期不能早于起租日期。"""
    if facts.wanted.until is None or facts.wanted.until >= facts.wanted.since:
        return None
    return Finding(f"退租日期 {facts.wanted.until} 早于起租日期 {facts.wanted.since}。", "请核对两个日期。")


def judge(facts: TenancyFacts, law: LawOf) -> tuple[Finding, ...]:
    """What stands against the tenancy, by rule id."""
    return tuple(REGISTRY.judge(facts, law, day=facts.day, scope="tenancy", prefix="PTY-11"))


def _apart(one: Held, other: Held) -> bool:
    """Whether no day lies in both; an empty range holds no day."""
    first, last = max(one.since, other.since), _least(one.until, other.until)
    return last is not None and first >= last


def _least(one: date | None, other: date | None) -> date | None:
    ends = [end for end in (one, other) if end is not None]
    return min(ends, default=None)
