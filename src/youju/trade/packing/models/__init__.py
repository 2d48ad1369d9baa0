"""Tables of the packing room. Private to it: another room asks ``selectors``."""

from youju.trade.packing.models.balances import Balance
from youju.trade.packing.models.consolidations import ConsolidatedLine, Consolidation
from youju.trade.packing.models.packings import Container, PackedLine, Packing

__all__ = ["Balance", "ConsolidatedLine", "Consolidation", "Container", "PackedLine", "Packing"]
