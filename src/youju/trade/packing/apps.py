"""The room of packing, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PackingConfig(AppConfig):
    """Consolidation and packing (组货、装箱)."""

    name = "youju.trade.packing"
    label = "packing"
    verbose_name = "组货装箱"
