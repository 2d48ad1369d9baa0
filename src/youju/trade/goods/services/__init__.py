"""Writes of the goods room. Each is keyword-only, one transaction, and asks for its permission first."""

from youju.trade.goods.services.explaining import explain_good, judge_explanation
from youju.trade.goods.services.listing import list_touched, notice_changes, open_campaign
from youju.trade.goods.services.recognition import recognise_bulk, recognise_good
from youju.trade.goods.services.redeciding import confirm_campaign, decide_anew, drop_campaign
from youju.trade.goods.services.replaying import Difference, Replay, replay
from youju.trade.goods.services.trials import start_trial, try_rules

__all__ = [
    "Difference",
    "Replay",
    "confirm_campaign",
    "decide_anew",
    "drop_campaign",
    "explain_good",
    "judge_explanation",
    "list_touched",
    "notice_changes",
    "open_campaign",
    "recognise_bulk",
    "recognise_good",
    "replay",
    "start_trial",
    "try_rules",
]
