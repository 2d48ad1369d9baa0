"""What the rules SUB-… look at."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from youju.rules.findings import Finding
from youju.rules.funds.subsidies.facts import PartyFacts
from youju.rules.funds.subsidies.texts import PolicyText


@dataclass(frozen=True, slots=True)
class PartyCase:
    """A party against a policy."""

    policy: PolicyText
    facts: PartyFacts


@dataclass(frozen=True, slots=True)
class Failing:
    """An example inside a policy that does not hold, in CNY; ``clause`` is empty where the total is wrong."""

    example: str
    clause: str
    expected: Decimal
    found: Decimal

    @property
    def sentence(self) -> str:
        """What a reader sees."""
        where = f"条款 {self.clause}" if self.clause else "合计"
        return f"算例“{self.example}”：{where}应为 {self.expected:,} 元，算出 {self.found:,} 元。"


@dataclass(frozen=True, slots=True)
class TextCase:
    """A policy's text against what surrounds it.

    ``available`` is what the project that pays still has (CNY), ``None`` where nobody looked; ``others`` are policies approved
    or in force; ``failing`` are its examples that do not hold (:func:`running.text_case` fills it).
    """

    policy: PolicyText
    others: tuple[PolicyText, ...] = ()
    available: Decimal | None = None
    failing: tuple[Failing, ...] = ()


def about(message: str, suggestion: str, **at: str | int | None) -> Finding:
    """A finding with its place: the clause, the record."""
    return Finding(message, suggestion, at=at)
