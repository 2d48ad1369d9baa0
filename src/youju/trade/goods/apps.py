"""The room of goods, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class GoodsConfig(AppConfig):
    """Goods (商品认定)."""

    name = "youju.trade.goods"
    label = "goods"
    verbose_name = "商品认定"

    def ready(self) -> None:
        """Name the records for the trail."""
        self._declare_demo()

    @staticmethod
    def _declare_demo() -> None:
        from youju.foundation.audit.subjects import register_kind
        from youju.trade.goods import events

        register_kind(
            events.DEMO_KIND, "示例数据", fields={"lines": "税则编码", "goods": "商品", "seed": "种子"}
        """Enter navigation, trail and imports."""
        self._declare_goods()

    @staticmethod
    def _declare_goods() -> None:
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.trade.goods import addresses, events, permissions
        from youju.trade.goods.imports.catalogue import CATALOGUE
        from youju.trade.goods.imports.tariff import TARIFF

        register_kind(events.TARIFF_KIND, "税则版本", url=addresses.tariff, fields=events.TARIFF_FIELDS)
        register_kind(events.GOOD_KIND, "商品", url=addresses.good, fields=events.GOOD_FIELDS)
        register_kind("goods.nomenclature", "协调制度品目", fields={"lines": "品目数"})
        register_importer(TARIFF)
        register_importer(CATALOGUE)
        section = "市场采购"
        register(
            NavItem(section, "商品", "goods:goods", permissions.VIEW, "list", 40),
            NavItem(section, "查商品编码", "goods:tariff", permissions.VIEW_TARIFF, "search", 50),
            NavItem(section, "税则版本", "goods:tariff-versions", permissions.MANAGE_TARIFF, "book", 60),
        )
