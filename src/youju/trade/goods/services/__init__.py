"""Writes of the goods room."""

from __future__ import annotations

from youju.trade.goods.services.bulk import NewGood, store_goods
from youju.trade.goods.services.catalogue import (
    StaleGoodError,
    Upload,
    restore_good,
    save_good,
    withdraw_good,
)
from youju.trade.goods.services.drafts import forget_typing, keep_typing
from youju.trade.goods.services.explaining import explain_good, judge_explanation
from youju.trade.goods.services.listing import list_touched, notice_changes, open_campaign
from youju.trade.goods.services.nomenclature import load_nomenclature
from youju.trade.goods.services.recognition import recognise_bulk, recognise_good
from youju.trade.goods.services.redeciding import confirm_campaign, decide_anew, drop_campaign
from youju.trade.goods.services.replaying import Difference, Replay, replay
from youju.trade.goods.services.serving import hand_out_authorisation
from youju.trade.goods.services.tariffs import TariffRow, remove_tariff, store_tariff
from youju.trade.goods.services.trials import start_trial, try_rules
from youju.trade.goods.services.values import GoodFaultsError, GoodValues

__all__ = [
    "Difference",
    "GoodFaultsError",
    "GoodValues",
    "NewGood",
    "Replay",
    "StaleGoodError",
    "TariffRow",
    "Upload",
    "confirm_campaign",
    "decide_anew",
    "drop_campaign",
    "explain_good",
    "forget_typing",
    "hand_out_authorisation",
    "judge_explanation",
    "keep_typing",
    "list_touched",
    "load_nomenclature",
    "notice_changes",
    "open_campaign",
    "recognise_bulk",
    "recognise_good",
    "remove_tariff",
    "replay",
    "restore_good",
    "save_good",
    "start_trial",
    "store_goods",
    "store_tariff",
    "try_rules",
    "withdraw_good",
]
