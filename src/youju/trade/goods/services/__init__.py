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
from youju.trade.goods.services.nomenclature import load_nomenclature
from youju.trade.goods.services.serving import hand_out_authorisation
from youju.trade.goods.services.tariffs import TariffRow, remove_tariff, store_tariff
from youju.trade.goods.services.values import GoodFaultsError, GoodValues

__all__ = [
    "GoodFaultsError",
    "GoodValues",
    "NewGood",
    "StaleGoodError",
    "TariffRow",
    "Upload",
    "forget_typing",
    "hand_out_authorisation",
    "keep_typing",
    "load_nomenclature",
    "remove_tariff",
    "restore_good",
    "save_good",
    "store_goods",
    "store_tariff",
    "withdraw_good",
]
