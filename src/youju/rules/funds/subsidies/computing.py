"""A policy computed on one party's facts: each clause's line, the caps, what keeps the party from it, the total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.funds.subsidies.amounts import earned, step_reached
from youju.rules.funds.subsidies.cents import NOTHING, cents, pro_rata
from youju.rules.funds.subsidies.facts import PartyFacts
from youju.rules.funds.subsidies.judging import judge
from youju.rules.funds.subsidies.measuring import Counted, count
from youju.rules.funds.subsidies.saying import of_line
from youju.rules.funds.subsidies.shapes import (
    CostShare,
    FirstExport,
    FlatRate,
    Increment,
    PerContainer,
    Tiers,
)
from youju.rules.funds.subsidies.texts import BETTER, Clause, PolicyText

CLAUSE, PARTY, STACKED = "clause", "party", "stacking"


@dataclass(frozen=True, slots=True)
class Line:
    """What one clause gives: ``counted`` names the records of the window, ``base_counted`` those of the base period.

    ``base`` is what was counted in ``unit`` (USD, TEU, CNY of cost, 次), ``rate`` the CNY (of a cost: the share)
    for each of them, ``None`` where steps apply. ``amount`` is CNY under the clause's cap, ``before_cap`` without it.
    """

    clause: str
    title: str
    reference: str
    counted: tuple[str, ...]
    base_counted: tuple[str, ...]
    base: Decimal
    unit: str
    rate: Decimal | None
    before_cap: Decimal
    amount: Decimal
    sentence: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A limit that took something away: ``what`` is ``clause``, ``party`` or ``stacking``; amounts in CNY."""

    what: str
    clause: str
    before: Decimal
    after: Decimal
    sentence: str


@dataclass(frozen=True, slots=True)
class Computation:
    """The result for a party: ``potential`` is what the lines give under all caps, ``total`` what is due.

    They differ where an error among ``missing`` keeps the party from it: then ``total`` is zero. The policy's budget is not in it
    (:func:`share_out`).
    """

    policy: str
    party: str
    lines: tuple[Line, ...]
    capped: tuple[Cut, ...]
    potential: Decimal
    total: Decimal
    missing: tuple[Finding, ...]

    @property
    def entitled(self) -> bool:
        """Whether nothing keeps the party from it."""
        return not any(finding.severity is Severity.ERROR for finding in self.missing)


def compute(policy: PolicyText, facts: PartyFacts) -> Computation:
    """What a policy gives a party, line by line, to the cent."""
    lines, cuts = [], []
    for clause in policy.clauses:
        line = _line(policy, clause, facts)
        lines.append(line)
        if line.amount != line.before_cap:
            cuts.append(_cut(CLAUSE, line.clause, line.before_cap, line.amount, f"“{line.title}”每户上限"))
    potential = sum((line.amount for line in lines), NOTHING)
    if policy.party_cap is not None and potential > policy.party_cap:
        cuts.append(_cut(PARTY, "", potential, cents(policy.party_cap), "本政策每户上限"))
        potential = cents(policy.party_cap)
    other = _beside(policy, facts)
    if other and policy.stacking.counts == BETTER and potential:
        rest = max(potential - other, NOTHING)
        cuts.append(_cut(STACKED, "", potential, rest, f"不重复享受，另一政策已给 {other:,} 元，余下"))
        potential = rest
    missing = judge(policy, facts)
    blocked = any(finding.severity is Severity.ERROR for finding in missing)
    return Computation(
        policy.code,
        facts.party,
        tuple(lines),
        tuple(cuts),
        potential,
        NOTHING if blocked else potential,
        missing,
    )


def share_out(policy: PolicyText, totals: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """Party → what it gets when all share the policy's budget: the totals, reduced pro rata to the cent where they exceed it."""
    return pro_rata(totals, policy.budget)


def _beside(policy: PolicyText, facts: PartyFacts) -> Decimal:
    return sum(
        (award.amount for award in facts.other_awards if award.policy in policy.stacking.against), NOTHING
    )


def _line(policy: PolicyText, clause: Clause, facts: PartyFacts) -> Line:
    counted = count(policy, clause, facts)
    before = earned(clause.shape, counted.counts)
    amount = before if clause.cap is None else min(before, cents(clause.cap))
    base, unit, rate = _measured(clause, counted)
    return Line(
        clause=clause.id,
        title=clause.title,
        reference=clause.reference,
        counted=counted.keys,
        base_counted=tuple(fact.key for fact in counted.base),
        base=base,
        unit=unit,
        rate=rate,
        before_cap=before,
        amount=amount,
        sentence=of_line(clause.shape, policy.window, counted, before),
    )


def _measured(clause: Clause, counted: Counted) -> tuple[Decimal, str, Decimal | None]:
    counts = counted.counts
    match clause.shape:
        case FlatRate(rate):
            return counts.usd, "USD", rate
        case Increment(rate):
            return counts.usd - counts.base_usd, "USD", rate
        case Tiers(whole=whole) as tiers:
            step = step_reached(tiers, counts.usd) if whole else None
            return counts.usd, "USD", step.rate if step else None
        case PerContainer(amount):
            return counts.teu, "TEU", amount
        case CostShare(_, share, _):
            return counts.cost, "CNY", share
        case FirstExport(amount):
            return Decimal(int(counts.first)), "次", amount


def _cut(what: str, clause: str, before: Decimal, after: Decimal, why: str) -> Cut:
    return Cut(what, clause, before, after, f"{why} {after:,} 元，由 {before:,} 元减为 {after:,} 元。")
