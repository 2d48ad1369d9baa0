"""A subsidy policy (补贴政策) as data: who, what, how much, until when, beside what; each clause with its reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from youju.rules.funds.subsidies.shapes import Shape, Window

BETTER, EARLIER = "better", "earlier"
STACKING = {BETTER: "就高不重复", EARLIER: "先享受的算"}
"""What counts where policies exclude each other → its Chinese name."""


@dataclass(frozen=True, slots=True)
class Only:
    """Which exports a clause counts: countries (ISO 3166 alpha-2) and beginnings of the tariff code; empty is any."""

    partners: tuple[str, ...] = ()
    products: tuple[str, ...] = ()

    def fits(self, partner: str, product: str) -> bool:
        """Whether an export to a country under a tariff code counts."""
        return (not self.partners or partner in self.partners) and (
            not self.products or product.startswith(self.products)
        )


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its id within the policy, title, the article it stands on, its shape, ``cap`` in CNY a party."""

    id: str
    title: str
    reference: str
    shape: Shape
    only: Only = Only()
    cap: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who fits: one of the roles; filed before ``filed_before`` where it is not ``None``; at least so much exported (USD)."""

    roles: tuple[str, ...]
    filed_before: date | None = None
    least_usd: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper that an application must bring (code and Chinese title)."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Stacking:
    """Policies (by code) beside which this one does not pay in full, and which then counts: the better or the earlier."""

    against: tuple[str, ...] = ()
    counts: str = BETTER


@dataclass(frozen=True, slots=True)
class Example:
    """An example that is a test: plain facts, the amount that each clause must give, the total (CNY)."""

    title: str
    facts: Mapping[str, Any]
    lines: Mapping[str, Decimal]
    total: Decimal


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy.

    Args:
        code: its name in files, addresses and awards, small letters, digits and hyphens.
        project: the code of the budget project that pays, empty while undecided.
        window: days of release (exports) or of payment (costs) that count.
        filing: days on which applications are taken.
        budget: CNY for all; beyond it every award is reduced pro rata.
        party_cap: CNY for one party, ``None`` for no cap.
        collected, exempted: whether only exports whose money came in, whose exemption was filed, count.
        publicity_days: working days of publicity (公示).
        prepaid: the share (0…1) of what was computed that parties in good standing may be paid before the decision (预拨).
        source: a passage of ``policies/sources``, or the number of the document.
        verified: whether it was read in the document itself; ``example``: rates invented for the demo.
    """

    code: str
    title: str
    project: str
    window: Window
    filing: Window
    budget: Decimal
    eligible: Eligibility
    clauses: tuple[Clause, ...]
    party_cap: Decimal | None = None
    stacking: Stacking = Stacking()
    evidence: tuple[Evidence, ...] = ()
    collected: bool = False
    exempted: bool = False
    publicity_days: int = 0
    prepaid: Decimal | None = None
    source: str = ""
    verified: bool = False
    example: bool = False
    note: str = ""
    examples: tuple[Example, ...] = field(default=(), compare=False)

    def clause(self, id: str) -> Clause:
        """The clause of an id; ``KeyError`` where there is none."""
        for clause in self.clauses:
            if clause.id == id:
                return clause
        raise KeyError(id)
