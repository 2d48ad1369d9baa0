"""Tables of the room of risk. Private to it: another room asks ``selectors``."""

from youju.trade.risk.models.hits import Hit
from youju.trade.risk.models.lanes import Draw, Lane
from youju.trade.risk.models.peers import Peer, PeerVersion
from youju.trade.risk.models.scans import Component, Scan
from youju.trade.risk.models.trials import Trial

__all__ = ["Component", "Draw", "Hit", "Lane", "Peer", "PeerVersion", "Scan", "Trial"]
