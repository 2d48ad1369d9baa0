"""Importing this module declares every rule of every family, for pages and checks that need all of them."""

from __future__ import annotations

from youju.rules.performance.targets import checks as targets
from youju.rules.registry import REGISTRY, Rule
from youju.rules.trade.goods import checks as goods

FAMILIES = {
    "TGT": "绩效目标",
    "REC": "商品认定",
}
"""Prefix of a rule id → what the family is about."""

__all__ = ["FAMILIES", "every_rule", "goods", "targets"]


def every_rule() -> tuple[Rule, ...]:
    """All versions of all rules, by id and date."""
    return tuple(REGISTRY)
