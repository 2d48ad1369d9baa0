"""Writes of the room subsidies: keyword-only, one transaction, audited."""

from youju.funds.subsidies.services.applying import (
    AccountIn,
    CostIn,
    add_cost,
    add_paper,
    begin_claim,
    refresh_claim,
    remove_cost,
    save_claim,
)
from youju.funds.subsidies.services.backtest import ask_backtest, run_backtest, run_on_year
from youju.funds.subsidies.services.certifying import (
    certify_claim,
    correct_account,
    submit_claim,
    take_claim_step,
)
from youju.funds.subsidies.services.list_papers import hand_out_list, request_list
from youju.funds.subsidies.services.listing import (
    add_to_round,
    award_round,
    clear_round,
    open_round,
    remove_from_round,
    show_list,
    take_round_step,
)
from youju.funds.subsidies.services.objecting import decide_objection, object_to_list, show_contact
from youju.funds.subsidies.services.paying import PaymentsAsked, request_payments
from youju.funds.subsidies.services.policies import begin_policy, save_policy
from youju.funds.subsidies.services.policies_files import hand_policy_out, policy_of_file, read_policy_in
from youju.funds.subsidies.services.policies_steps import PolicyRefusedError, step_policy
from youju.funds.subsidies.services.policies_trying import Tried, save_and_try, tried
from youju.funds.subsidies.services.prepaying import may_be_prepaid, request_prepayment
from youju.funds.subsidies.services.refusing import ClaimRefusedError
from youju.funds.subsidies.services.reviewing import declare_conflict, read_claim_file, review_claim

__all__ = [
    "AccountIn",
    "ClaimRefusedError",
    "CostIn",
    "PaymentsAsked",
    "PolicyRefusedError",
    "Tried",
    "add_cost",
    "add_paper",
    "add_to_round",
    "ask_backtest",
    "award_round",
    "begin_claim",
    "begin_policy",
    "certify_claim",
    "clear_round",
    "correct_account",
    "decide_objection",
    "declare_conflict",
    "hand_out_list",
    "hand_policy_out",
    "may_be_prepaid",
    "object_to_list",
    "open_round",
    "policy_of_file",
    "read_claim_file",
    "read_policy_in",
    "refresh_claim",
    "remove_cost",
    "remove_from_round",
    "request_list",
    "request_payments",
    "request_prepayment",
    "review_claim",
    "run_backtest",
    "run_on_year",
    "save_and_try",
    "save_claim",
    "save_policy",
    "show_contact",
    "show_list",
    "step_policy",
    "submit_claim",
    "take_claim_step",
    "take_round_step",
    "tried",
]
