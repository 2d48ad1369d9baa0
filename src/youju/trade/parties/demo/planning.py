"""What is asked of the demo: its seed, its size, the day it is made for; how many of each, and in what standing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.demo.tables import authored

SEED = 2023
_CYCLE = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """The three arguments of the generator; the same ones give the same rows.

    Args:
        today: a day after June 2024; what is under way, in force, ending soon or just ended is told from it, all else is of
            2020 to 2023.
        scale: 1 is the demo; 134 makes 100,000 parties, 333 makes 100,000 merchants.
        seed: another one gives other people.
    """

    today: date
    scale: float = 1
    seed: int = SEED

    def count(self, role: PartyRole) -> int:
        """How many parties file first of all in the role."""
        return max(1, round(float(authored("standing")["counts"][role.value]) * self.scale))

    @property
    def year(self) -> int:
        """The demo year."""
        return int(authored("year")["year"])

    def first(self, role: PartyRole) -> int:
        """The place of the first party of a role among all parties; roles follow one another."""
        found = 0
        for each in ROLES:
            if each is role:
                break
            found += self.count(each)
        return found

    @property
    def parties(self) -> int:
        """How many parties in all."""
        return sum(self.count(role) for role in ROLES)

    @property
    def goods(self) -> int:
        """How many goods."""
        return max(1, round(float(authored("standing")["goods"]) * self.scale))


ROLES = (
    PartyRole.MERCHANT,
    PartyRole.AGENT,
    PartyRole.BUYER,
    PartyRole.CONSOLIDATOR,
    PartyRole.BROKER,
    PartyRole.WAREHOUSE,
    PartyRole.MANUFACTURER,
)


@cache
def _cycle() -> tuple[str, ...]:
    found = [each["standing"] for each in authored("standing")["shares"] for _ in range(each["share"])]
    assert len(found) == _CYCLE  # noqa: S101 – the demo's own data
    return tuple(found)


def standing(index: int) -> str:
    """How the filing with the index (within its role) stands: a state, or ``expiring`` or ``expired`` for approved ones."""
    return _cycle()[(index * 37 + 11) % _CYCLE]


def may_act(index: int) -> bool:
    """Whether the party is on file and good on the plan's day."""
    return standing(index) in {"approved", "expiring"}
