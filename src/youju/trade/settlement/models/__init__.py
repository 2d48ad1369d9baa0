"""Tables of the room of settlement. Private to it: another room asks ``selectors``."""

from youju.trade.settlement.models.ledger import Entry, Lot, Posting
from youju.trade.settlement.models.movements import Movement, Reservation
from youju.trade.settlement.models.rates import Rate
from youju.trade.settlement.models.receipts import Finding, Receipt

__all__ = ["Entry", "Finding", "Lot", "Movement", "Posting", "Rate", "Receipt", "Reservation"]
