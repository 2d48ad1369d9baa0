"""The way of an example record through a flow: a case with its log, told without a database, for demos and benchmarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from youju.foundation.kernel.chance import Chance
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.rules.workflow import Flow, add_working_days, working_days_between

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class WalkedStep:
    """One line of a case's log."""

    number: int
    round: int
    transition: str
    source: str
    target: str
    by: str
    by_name: str
    at: datetime
    reason: str
    due_on: date | None
    working_days: int
    within_limit: bool | None


@dataclass(slots=True)
class Walk:
    """A case as it stands, and how it came there; ``take`` makes a step.

    ``waits_at``: codes of the organisations whose people it waits for; none of them: nobody; ``None``: whoever may.
    ``assigned``: username and name of who alone of them is to act.
    """

    flow: Flow
    starter: tuple[str, str]
    began: datetime
    state: str = ""
    round: int = 1
    entered: datetime = field(init=False)
    due_on: date | None = None
    steps: list[WalkedStep] = field(default_factory=list)
    waits_at: tuple[str, ...] | None = None
    assigned: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        """Begin in the flow's first state."""
        self._write("start", self.flow.initial, self.starter, self.began, "")

    def take(self, code: str, by: tuple[str, str], at: datetime, reason: str = "") -> None:
        """Take a step; the flow must know it from the present state."""
        transition = self.flow.transition(code)
        if self.state not in transition.sources:
            raise ValueError(f"no {code} from {self.state}")
        if transition.returns:
            self.round += 1
        self._write(code, transition.target, by, at, reason)

    def _write(self, code: str, target: str, by: tuple[str, str], at: datetime, reason: str) -> None:
        first = not self.steps
        due = self.due_on
        used = 0 if first else working_days_between(self.entered.date(), at.date())
        kept = None if due is None else at.date() <= due
        self.steps.append(
            WalkedStep(
                len(self.steps) + 1, self.round, code, self.state, target, *by, at, reason, due, used, kept
            )
        )
        state = self.flow.state(target)
        self.state, self.entered = target, at
        counts = bool(state.deadline) and not state.final
        self.due_on = limit(at.date(), state.deadline or "") if counts else None

    @property
    def waiting_for(self) -> str:
        """The permission that the next step waits for."""
        return "" if self.waits_at == () else self.flow.state(self.state).permission

    @property
    def finished(self) -> datetime | None:
        """When the record came to its end."""
        return self.entered if self.flow.state(self.state).final else None


@lru_cache(maxsize=4_096)
def limit(day: date, policy: str) -> date:
    """The last day of a limit that begins to count after the day."""
    return add_working_days(day, whole(law_on(day), policy)).day


@lru_cache(maxsize=16_384)
def working_day(day: date, count: int) -> date:
    """The ``count``-th working day after a day."""
    return add_working_days(day, count).day


def office_hour(day: date, chance: Chance) -> datetime:
    """A moment of the day between nine and five."""
    return datetime.combine(day, time(9), CHINA) + timedelta(minutes=chance.below(480))


def next_moment(after: datetime, days: int, chance: Chance) -> datetime:
    """A moment ``days`` working days later; with 0 the same day, a little later."""
    if days == 0:
        return after + timedelta(minutes=chance.between(5, 50))
    return office_hour(working_day(after.date(), days), chance)
