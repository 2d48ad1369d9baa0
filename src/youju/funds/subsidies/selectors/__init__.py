"""Reads of the room subsidies."""

from youju.funds.subsidies.selectors.backtests import BackTestPage, Gainer, backtest_page, gainers
from youju.funds.subsidies.selectors.policies import (
    InForce,
    PolicyPage,
    difference_of,
    policies,
    policies_in_force,
    policy_in_force,
    policy_page,
    policy_row,
    policy_text,
    state_label,
)

__all__ = [
    "BackTestPage",
    "Gainer",
    "InForce",
    "PolicyPage",
    "backtest_page",
    "difference_of",
    "gainers",
    "policies",
    "policies_in_force",
    "policy_in_force",
    "policy_page",
    "policy_row",
    "policy_text",
    "state_label",
]
