"""Writes of the room subsidies."""

from youju.funds.subsidies.services.backtest import ask_backtest, run_backtest, run_on_year
from youju.funds.subsidies.services.policies import begin_policy, save_policy
from youju.funds.subsidies.services.policies_files import hand_policy_out, policy_of_file, read_policy_in
from youju.funds.subsidies.services.policies_steps import PolicyRefusedError, step_policy
from youju.funds.subsidies.services.policies_trying import Tried, save_and_try, tried

__all__ = [
    "PolicyRefusedError",
    "Tried",
    "ask_backtest",
    "begin_policy",
    "hand_policy_out",
    "policy_of_file",
    "read_policy_in",
    "run_backtest",
    "run_on_year",
    "save_and_try",
    "save_policy",
    "step_policy",
    "tried",
]
