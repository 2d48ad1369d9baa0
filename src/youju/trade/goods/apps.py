"""The room of goods, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "市场采购"


class GoodsConfig(AppConfig):
    """Goods (商品认定)."""

    name = "youju.trade.goods"
    label = "goods"
    verbose_name = "商品认定"

    def ready(self) -> None:
        """Each part of the room enters the navigation, names its records for the trail, puts its flow into force."""
        self._declare_goods()
        self._declare_recognition()
        self._declare_demo()

    @staticmethod
    def _declare_goods() -> None:
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.trade.goods import addresses, events, permissions
        from youju.trade.goods.imports.catalogue import CATALOGUE
        from youju.trade.goods.imports.tariff import TARIFF
        from youju.trade.goods.services.moving import register_goods

        register_kind(events.TARIFF_KIND, "税则版本", url=addresses.tariff, fields=events.TARIFF_FIELDS)
        register_kind(
            events.GOOD_KIND,
            "商品",
            url=addresses.good,
            fields=events.GOOD_FIELDS | events.DECISION_FIELDS,
        )
        register_kind("goods.nomenclature", "协调制度品目", fields={"lines": "品目数"})
        register_goods()
        register_importer(TARIFF)
        register_importer(CATALOGUE)
        register(
            NavItem(SECTION, "商品", "goods:goods", permissions.VIEW, "list", 50),
            NavItem(SECTION, "查商品编码", "goods:tariff", permissions.VIEW_TARIFF, "search", 70),
            NavItem(SECTION, "税则版本", "goods:tariff-versions", permissions.MANAGE_TARIFF, "book", 72),
        )

    @staticmethod
    def _declare_recognition() -> None:
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.webhooks.kinds import register_announced
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.goods.lifecycle import CAMPAIGN_FLOW, CAMPAIGN_KIND, STATE_NAMES
        from youju.trade.goods import addresses, events, permissions

        register_kind(CAMPAIGN_KIND, "商品复认", url=addresses.campaign, fields=events.CAMPAIGN_FIELDS)
        register_flow(CAMPAIGN_FLOW, url=addresses.campaign)
        register_announced(events.GOOD_KIND, "商品", states=STATE_NAMES, address="/api/v1/goods/{key}")
        register(
            NavItem(SECTION, "商品认定", "goods:recognition", permissions.VIEW, "list", 60),
            NavItem(SECTION, "待确认的说明", "goods:waiting", permissions.OVERSEE, "flag", 62),
            NavItem(SECTION, "认定意见统计", "goods:refusals", permissions.OVERSEE, "target", 64),
            NavItem(SECTION, "复认和试算", "goods:campaigns", permissions.OVERSEE, "book", 66),
        )

    @staticmethod
    def _declare_demo() -> None:
        from youju.foundation.audit.subjects import register_kind
        from youju.trade.goods import events

        register_kind(
            events.DEMO_KIND, "示例数据", fields={"lines": "税则编码", "goods": "商品", "seed": "种子"}
        )
