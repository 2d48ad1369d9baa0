"""Writes of the room of risk."""

from youju.trade.risk.services.drawing import (
    Verified,
    commit_draws,
    decide_lanes,
    raise_lanes,
    reveal_draws,
    verify_draw,
)
from youju.trade.risk.services.handling import (
    answer_hit,
    appeal_hit,
    ask_party,
    assign_hits,
    close_old,
    decide_appeal,
    dispose_hit,
)
from youju.trade.risk.services.scanning import ask_for_scan, recent, scan_window, work_off
from youju.trade.risk.services.trials import ask_for_trial, numbers_of, work_off_trial

__all__ = [
    "Verified",
    "answer_hit",
    "appeal_hit",
    "ask_for_scan",
    "ask_for_trial",
    "ask_party",
    "assign_hits",
    "close_old",
    "commit_draws",
    "decide_appeal",
    "decide_lanes",
    "dispose_hit",
    "numbers_of",
    "raise_lanes",
    "recent",
    "reveal_draws",
    "scan_window",
    "verify_draw",
    "work_off",
    "work_off_trial",
]
