"""Running the rules DEC-… over goods lines and orders before planning, and over a plan after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue
from youju.rules.registry import REGISTRY, Rule
from youju.rules.trade.declarations import checks
from youju.rules.trade.declarations.cases import OrderCase, PlanCase
from youju.rules.trade.declarations.facts import DeclarationPlan, Order, Refusal

FAMILY = "DEC-"
__all__ = ["FAMILY", "admit", "check_orders", "check_plan", "checks"]


def check_orders(
    orders: Sequence[Order], law: Mapping[str, PolicyValue], usd_rates: Mapping[str, Decimal] | None = None
) -> Iterator[Finding]:
    """What rules say of orders and their lines, order by order, by rule id; then of all of them together."""
    of_line, of_order = _rules(law, "line"), _rules(law, "order")
    for order in orders:
        case = OrderCase(order, usd_rates or {})
        found = [finding for rule in of_order for finding in rule.findings(case, law)]
        found += [finding for line in order.lines for rule in of_line for finding in rule.findings(line, law)]
        yield from sorted(found, key=lambda finding: finding.rule)
    for rule in _rules(law, "document"):
        yield from rule.findings(orders, law)


def admit(
    orders: Sequence[Order], law: Mapping[str, PolicyValue], usd_rates: Mapping[str, Decimal] | None = None
) -> tuple[tuple[Order, ...], tuple[Refusal, ...], tuple[Finding, ...]]:
    """Orders that may be declared; those that may not, each with the first rule that it breaks; what is left to consider."""
    refused: dict[str, Refusal] = {}
    remarks: list[Finding] = []
    for finding in check_orders(orders, law, usd_rates):
        order = str(finding.at["order"])
        if finding.severity is not Severity.ERROR:
            remarks.append(finding)
        elif order not in refused:
            refused[order] = Refusal(order, finding.rule, finding.message, finding.suggestion)
    admitted = tuple(order for order in orders if order.number not in refused)
    return admitted, tuple(refused.values()), tuple(remarks)


def check_plan(
    plan: DeclarationPlan,
    orders: Sequence[Order],
    law: Mapping[str, PolicyValue],
    usd_rates: Mapping[str, Decimal] | None = None,
) -> list[Finding]:
    """What is wrong with a plan for these orders; nothing, if it is valid. It does not matter who or what made it."""
    case = PlanCase(plan, orders, usd_rates or {})
    found = [finding for rule in _rules(law, "plan") for finding in rule.findings(case, law)]
    of_declaration = _rules(law, "declaration")
    for each in case.declarations:
        found.extend(_say(of_declaration, each, law))
    return found


def _say(rules: Iterable[Rule], case: object, law: Mapping[str, PolicyValue]) -> Iterator[Finding]:
    for rule in rules:
        yield from rule.findings(case, law)


def _rules(law: Mapping[str, PolicyValue], scope: str) -> tuple[Rule, ...]:
    as_of = getattr(law, "as_of", None)
    return REGISTRY.in_force(as_of if isinstance(as_of, date) else None, scope, FAMILY)
