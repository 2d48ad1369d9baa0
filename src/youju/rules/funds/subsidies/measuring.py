"""What a clause counts of a party's facts: which records, and their sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from youju.rules.funds.subsidies.amounts import Counts, of_cost
from youju.rules.funds.subsidies.facts import CostFact, ExportFact, PartyFacts
from youju.rules.funds.subsidies.shapes import CostShare, FirstExport, Increment, PerContainer
from youju.rules.funds.subsidies.texts import Clause, PolicyText


@dataclass(frozen=True, slots=True)
class Counted:
    """The records that a clause counts and their sums."""

    exports: tuple[ExportFact, ...]
    base: tuple[ExportFact, ...]
    costs: tuple[CostFact, ...]
    counts: Counts

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the records of the policy's window; those of the base are told apart by :attr:`base`."""
        return (*(fact.key for fact in self.exports), *(cost.key for cost in self.costs))


def count(policy: PolicyText, clause: Clause, facts: PartyFacts) -> Counted:
    """The records of a party that count for a clause."""
    shape = clause.shape
    if isinstance(shape, CostShare):
        costs = tuple(c for c in facts.costs if c.kind in shape.kinds and policy.window.covers(c.day))
        covered = sum((of_cost(shape, cost.amount_cny) for cost in costs), Decimal(0))
        paid = sum((cost.amount_cny for cost in costs), Decimal(0))
        return Counted((), (), costs, Counts(cost=paid, covered=covered))
    if isinstance(shape, FirstExport):
        began = policy.window.covers(facts.first_export_on)
        first = tuple(e for e in countable(policy, clause, facts.exports) if e.day == facts.first_export_on)
        return Counted(first, (), (), Counts(first=began and bool(first)))
    exports = tuple(countable(policy, clause, facts.exports))
    if isinstance(shape, PerContainer):
        return Counted(exports, (), (), Counts(teu=sum((e.teu for e in exports), Decimal(0))))
    usd = _usd(exports)
    if isinstance(shape, Increment):
        base = tuple(
            e
            for e in facts.base_exports
            if shape.base.covers(e.day) and clause.only.fits(e.partner, e.product)
        )
        return Counted(exports, base, (), Counts(usd=usd, base_usd=_usd(base)))
    return Counted(exports, (), (), Counts(usd=usd))


def countable(policy: PolicyText, clause: Clause, exports: Iterable[ExportFact]) -> list[ExportFact]:
    """The exports of the window that fit the clause and that nothing asked for keeps out."""
    return [fact for fact in exports if proven(policy, fact) and clause.only.fits(fact.partner, fact.product)]


def proven(policy: PolicyText, fact: ExportFact) -> bool:
    """Released in the window and, where the policy asks so, collected and exempted."""
    return (
        policy.window.covers(fact.day)
        and (bool(fact.collected) or not policy.collected)
        and (bool(fact.exempted) or not policy.exempted)
    )


def exported(policy: PolicyText, facts: PartyFacts) -> Decimal:
    """USD of all exports that the policy may count, whatever a clause narrows down."""
    return _usd(fact for fact in facts.exports if proven(policy, fact))


def _usd(exports: Iterable[ExportFact]) -> Decimal:
    return sum((fact.value_usd for fact in exports), Decimal(0))
