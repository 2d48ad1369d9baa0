"""Tables of assets: cards and what paid for them, transfers, disposals, stocktakes, depreciation."""

from youju.funds.assets.models.cards import Asset, Expensed, Funding
from youju.funds.assets.models.depreciation import Charge, Run
from youju.funds.assets.models.moves import Disposal, Move
from youju.funds.assets.models.stocktakes import Count, Item, Stocktake

__all__ = ["Asset", "Charge", "Count", "Disposal", "Expensed", "Funding", "Item", "Move", "Run", "Stocktake"]
