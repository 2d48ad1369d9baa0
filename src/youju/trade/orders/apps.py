"""The room of orders, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Orders (交易登记)."""

    name = "youju.trade.orders"
    label = "orders"
    verbose_name = "交易登记"
