"""A policy's text → plain data in the order in which a reader expects it; reading it back gives an equal text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from youju.rules.funds.subsidies.shapes import (
    CostShare,
    FirstExport,
    FlatRate,
    Increment,
    PerContainer,
    Shape,
    Tiers,
    Window,
)
from youju.rules.funds.subsidies.texts import Clause, Only, PolicyText, Stacking


def plain_policy(policy: PolicyText) -> dict[str, Any]:
    """Text, lists and flags only: what YAML, JSON and the form hold. What says nothing is left out."""
    plain: dict[str, Any] = {
        "code": policy.code,
        "title": policy.title,
        "project": policy.project,
        "source": policy.source,
        "verified": policy.verified,
        "example": policy.example,
        "note": policy.note,
        "window": _window(policy.window),
        "filing": _window(policy.filing),
        "budget": _number(policy.budget),
        "party_cap": _number(policy.party_cap),
        "publicity_days": int(policy.publicity_days),
        "prepaid": _number(policy.prepaid),
        "eligible": _said(
            {
                "roles": list(policy.eligible.roles),
                "filed_before": policy.eligible.filed_before and policy.eligible.filed_before.isoformat(),
                "least_usd": _number(policy.eligible.least_usd) if policy.eligible.least_usd else None,
            }
        ),
        "collected": policy.collected,
        "exempted": policy.exempted,
        "stacking": _stacking(policy.stacking),
        "evidence": [{"code": each.code, "title": each.title} for each in policy.evidence],
        "clauses": [plain_clause(clause) for clause in policy.clauses],
        "examples": [
            {
                "title": each.title,
                "facts": _thawed(each.facts),
                "lines": {clause: _number(amount) for clause, amount in each.lines.items()},
                "total": _number(each.total),
            }
            for each in policy.examples
        ],
    }
    return _said(plain)


def plain_clause(clause: Clause) -> dict[str, Any]:
    """One clause."""
    return _said(
        {
            "id": clause.id,
            "title": clause.title,
            "reference": clause.reference,
            "shape": clause.shape.kind,
            **plain_shape(clause.shape),
            "only": _only(clause.only),
            "cap": _number(clause.cap),
            "note": clause.note,
        }
    )


def plain_shape(shape: Shape) -> dict[str, Any]:
    """The keys of a shape."""
    match shape:
        case FlatRate(rate):
            return {"rate": _number(rate)}
        case Increment(rate, base, threshold, deductible):
            return {
                "rate": _number(rate),
                "base": _window(base),
                "threshold": _number(threshold) if threshold else None,
                "deductible": deductible,
            }
        case Tiers(steps, whole):
            return {
                "whole": whole,
                "steps": [
                    _said(
                        {
                            "from": _number(step.start),
                            "rate": _number(step.rate) if step.rate else None,
                            "amount": _number(step.amount) if step.amount else None,
                        }
                    )
                    for step in steps
                ],
            }
        case PerContainer(amount) | FirstExport(amount):
            return {"amount": _number(amount)}
        case CostShare(kinds, share, each_cap):
            return {"kinds": list(kinds), "share": _number(share), "each_cap": _number(each_cap)}


def _said(plain: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in plain.items() if value is not None and value not in ("", [], {})}


def _number(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _window(window: Window) -> dict[str, str]:
    return {"from": window.start.isoformat(), "to": window.end.isoformat()}


def _only(only: Only) -> dict[str, list[str]]:
    return _said({"partners": list(only.partners), "products": list(only.products)})


def _stacking(stacking: Stacking) -> dict[str, Any]:
    return {"against": list(stacking.against), "counts": stacking.counts} if stacking.against else {}


def _thawed(value: Any) -> Any:
    """Frozen tables and lists as plain ones; days as text."""
    if hasattr(value, "items"):
        return {str(key): _thawed(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_thawed(each) for each in value]
    return value if isinstance(value, bool | int | str) else str(value)
