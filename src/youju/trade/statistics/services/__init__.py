"""Writes of the statistics room."""

from youju.trade.statistics.services.districts import Figure, restore_figures, standing, store_figures

__all__ = ["Figure", "restore_figures", "standing", "store_figures"]
