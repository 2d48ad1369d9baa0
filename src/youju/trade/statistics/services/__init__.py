"""Writes of the statistics room."""

from youju.trade.statistics.services.bulletins import hand_out_bulletin, request_bulletin
from youju.trade.statistics.services.districts import Figure, restore_figures, standing, store_figures
from youju.trade.statistics.services.exporting import export_dimension, export_lines
from youju.trade.statistics.services.watching import Watched, handle_alert, watch, watch_now

__all__ = [
    "Figure",
    "Watched",
    "export_dimension",
    "export_lines",
    "hand_out_bulletin",
    "handle_alert",
    "request_bulletin",
    "restore_figures",
    "standing",
    "store_figures",
    "watch",
    "watch_now",
]
