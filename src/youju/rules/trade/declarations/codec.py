"""A plan as JSON, in the shape of ``declarations plan``: money and quantities are strings of digits."""

from __future__ import annotations

from typing import Any

from youju.rules.trade.declarations.facts import DeclarationPlan, DeclaredLine
from youju.rules.trade.declarations.money import shown


def plan_to_json(plan: DeclarationPlan) -> dict[str, Any]:
    """Declarations, refused orders, the proof."""
    return {
        "declarations": [
            {
                "number": made.number,
                "total": shown(made.cents),
                "lines": [_line(line) for line in made.lines],
            }
            for made in plan.declarations
        ],
        "refused": [
            {"order": each.order, "rule": each.rule, "message": each.message + each.suggestion}
            for each in plan.refused
        ],
        "proof": {
            "declarations": plan.proof.declarations,
            "lower_bound": plan.proof.lower_bound,
            "optimal": plan.proof.optimal,
            "seconds": round(plan.proof.seconds, 2),
        },
    }


def _line(line: DeclaredLine) -> dict[str, Any]:
    return {
        "g_no": line.number,
        "hs_code": line.hs_code,
        "name": line.name,
        "quantity": f"{line.quantity:f}",
        "unit": line.unit,
        "amount": shown(line.cents),
        "net_weight": f"{line.net_weight:f}",
        "merged": line.merged,
        "sources": list(line.sources),
    }
