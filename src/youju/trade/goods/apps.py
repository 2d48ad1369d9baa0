"""The room of goods, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class GoodsConfig(AppConfig):
    """Goods (商品认定)."""

    name = "youju.trade.goods"
    label = "goods"
    verbose_name = "商品认定"
