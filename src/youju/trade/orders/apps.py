"""The room of orders, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "市场采购"


class OrdersConfig(AppConfig):
    """Orders (交易登记)."""

    name = "youju.trade.orders"
    label = "orders"
    verbose_name = "交易登记"

    def ready(self) -> None:
        """The room names its records for the trail, offers its imports, enters the navigation, moves with merged parties."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.webhooks.kinds import register_announced
        from youju.rules.trade.orders.lifecycle import ORDER_FLOW
        from youju.trade.orders import addresses, events, permissions
        from youju.trade.orders.imports import ORDERS, RATES
        from youju.trade.orders.services import moving
        from youju.trade.parties.services import register_mover

        register_kind(events.ORDER_KIND, "交易单", url=addresses.order, fields=events.FIELDS)
        register_kind(events.RATE_KIND, "海关汇率", url=addresses.rate, fields=events.FIELDS)
        states = {each.code: each.label for each in ORDER_FLOW.states}
        register_announced(events.ORDER_KIND, "交易单", states=states, address="/api/v1/orders/{number}")
        register_importer(ORDERS)
        register_importer(RATES)
        register_mover("orders", moving.TITLE, move=moving.move, move_back=moving.move_back, count=moving.count,
                       later=moving.later)  # fmt: skip
        register(
            NavItem(SECTION, "交易单", "orders:list", permissions.VIEW, "list", 80),
            NavItem(SECTION, "登记交易单", "orders:new", permissions.EDIT, "upload", 81),
            NavItem(SECTION, "我的采购", "orders:purchases", permissions.PURCHASES, "list", 82),
            NavItem(SECTION, "海关汇率", "orders:rates", permissions.RATES, "book", 84),
        )
