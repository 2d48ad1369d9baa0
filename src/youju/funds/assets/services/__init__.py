"""What people and the clock do with assets. Each is keyword-only, one transaction, checked and audited."""

from youju.funds.assets.services.batches import remove_batch, store_batch
from youju.funds.assets.services.counting import Counted, CountIn, upload_counts
from youju.funds.assets.services.depreciating import ask_depreciation, depreciate
from youju.funds.assets.services.disposing import Completion, request_disposal, take_disposal_step
from youju.funds.assets.services.funding import expense_rest, link_payment, register_from_payment
from youju.funds.assets.services.labels import hand_out_labels, request_labels
from youju.funds.assets.services.moving import MoveWish, offer_move, take_move_step
from youju.funds.assets.services.refusing import AssetRefusedError
from youju.funds.assets.services.registering import AssetWish, change_asset, register_asset
from youju.funds.assets.services.stocktaking import (
    StocktakeWish,
    decide,
    open_stocktake,
    take_stocktake_step,
)

__all__ = [
    "AssetRefusedError",
    "AssetWish",
    "Completion",
    "CountIn",
    "Counted",
    "MoveWish",
    "StocktakeWish",
    "ask_depreciation",
    "change_asset",
    "decide",
    "depreciate",
    "expense_rest",
    "hand_out_labels",
    "link_payment",
    "offer_move",
    "open_stocktake",
    "register_asset",
    "register_from_payment",
    "remove_batch",
    "request_disposal",
    "request_labels",
    "store_batch",
    "take_disposal_step",
    "take_move_step",
    "take_stocktake_step",
    "upload_counts",
]
