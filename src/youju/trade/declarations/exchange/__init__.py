"""How messages leave and replies come in: an adapter. The folder exchange is the default; a gateway would be another."""

from __future__ import annotations

import os
from pathlib import Path

from youju.foundation.kernel import places
from youju.trade.declarations.exchange.folder import FolderExchange
from youju.trade.declarations.exchange.protocol import Exchange, Incoming

__all__ = ["Exchange", "FolderExchange", "Incoming", "exchange", "exchange_folder"]


def exchange_folder() -> Path:
    """``YOUJU_EXCHANGE``, or ``exchange/`` in the folder of the product's data."""
    named = os.environ.get("YOUJU_EXCHANGE")
    return Path(named).resolve() if named else places.var() / "exchange"


def exchange() -> Exchange:
    """The exchange of this installation."""
    return FolderExchange(exchange_folder())
