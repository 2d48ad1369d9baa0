"""Importing this module declares every rule of every family, for pages and checks that need all of them."""

from __future__ import annotations

from youju.rules.performance.targets import checks as targets
from youju.rules.registry import REGISTRY, Rule
from youju.rules.trade.parties import acting as parties_acting
from youju.rules.trade.parties import changes as parties_changes
from youju.rules.trade.parties import merging as parties_merging
from youju.rules.trade.parties import tenancies as parties_tenancies

FAMILIES = {
    "PTY": "主体备案",
    "TGT": "绩效目标",
}
"""Prefix of a rule id → what the family is about."""

__all__ = [
    "FAMILIES",
    "every_rule",
    "parties_acting",
    "parties_changes",
    "parties_merging",
    "parties_tenancies",
    "targets",
]


def every_rule() -> tuple[Rule, ...]:
    """All versions of all rules, by id and date."""
    return tuple(REGISTRY)
