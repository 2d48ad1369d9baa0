"""Writes of the room of credit. Each is keyword-only, one transaction, checked and audited."""

from youju.trade.credit.services.certifying import hand_out_certificate, issue_certificate, revoke_certificate
from youju.trade.credit.services.pleading import submit_plea, take_plea_step
from youju.trade.credit.services.publishing import draft_list, end_lists, take_list_step
from youju.trade.credit.services.refusing import CreditRefusedError, policy_on
from youju.trade.credit.services.replaying import Difference, Replay, replay
from youju.trade.credit.services.snapshots import ask_snapshot, make_snapshot
from youju.trade.credit.services.trying import Tried, ask_trial, carry_out_trial, tried_policy, try_policy

__all__ = [
    "CreditRefusedError",
    "Difference",
    "Replay",
    "Tried",
    "ask_snapshot",
    "ask_trial",
    "carry_out_trial",
    "draft_list",
    "end_lists",
    "hand_out_certificate",
    "issue_certificate",
    "make_snapshot",
    "policy_on",
    "replay",
    "revoke_certificate",
    "submit_plea",
    "take_list_step",
    "take_plea_step",
    "tried_policy",
    "try_policy",
]
