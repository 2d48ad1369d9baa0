"""Importing this module declares every rule of every family, for pages and checks that need all of them."""

from __future__ import annotations

from youju.rules.performance.targets import checks as targets
from youju.rules.registry import REGISTRY, Rule
from youju.rules.trade.parties import checks as parties

FAMILIES = {
    "TGT": "绩效目标",
    "PTY": "主体备案",
}
"""Prefix of a rule id → what the family is about."""

__all__ = ["FAMILIES", "every_rule", "parties", "targets"]


def every_rule() -> tuple[Rule, ...]:
    """All versions of all rules, by id and date."""
    return tuple(REGISTRY)
