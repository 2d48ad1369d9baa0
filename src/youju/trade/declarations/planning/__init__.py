"""The planner: orders → the fewest declarations, with proof (docs/how-to/declarations-plan.md, docs/adr/0014)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from youju.rules.law import PolicyValue
from youju.rules.trade.declarations.checking import admit
from youju.rules.trade.declarations.declaring import declare
from youju.rules.trade.declarations.facts import Declaration, DeclarationPlan, Order, Proof
from youju.rules.trade.declarations.terms import cap_cents, terms_of
from youju.trade.declarations.planning.budget import Budget
from youju.trade.declarations.planning.items import problem_of
from youju.trade.declarations.planning.searching import Effort, search

__all__ = ["Effort", "declare", "plan"]


def plan(
    orders: Sequence[Order],
    law: Mapping[str, PolicyValue],
    *,
    usd_rates: Mapping[str, Decimal] | None = None,
    effort: Effort | None = None,
) -> DeclarationPlan:
    """Valid declarations for orders that may share them: as few as possible, then with as few lines as were found.

    Orders that break a rule are refused with it; those of one currency are planned together.

    Args:
        orders: whole orders; line numbers are unique among all of them.
        law: the law of the declarations' day.
        usd_rates: dollars for one unit of each other currency.
        effort: how long to search, by default what is usual for so many orders. The same effort gives the same plan,
            unless the clock ends it.

    Raises:
        UnknownPolicyError: the mode did not exist on that day.
    """
    effort = effort or Effort.for_orders(len(orders))
    budget = Budget(effort.seconds)
    terms = terms_of(law)
    admitted, refused, _ = admit(orders, law, usd_rates)
    groups: dict[str, list[Order]] = {}
    for order in admitted:
        groups.setdefault(order.currency, []).append(order)
    made: list[Declaration] = []
    bound = 0
    for currency, group in groups.items():
        cap = cap_cents(law, currency, usd_rates)
        if cap is None:  # DEC-015 has refused these
            continue
        outcome = search(problem_of(group, cap, terms), effort, budget)
        bound += outcome.bound
        chosen = sorted(sorted(load.items) for load in outcome.loads)
        for places in chosen:
            made.append(declare(len(made) + 1, [group[place] for place in places], terms))
    return DeclarationPlan(tuple(made), refused, Proof(len(made), bound, budget.passed()))
