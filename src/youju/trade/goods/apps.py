"""The room of goods, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class GoodsConfig(AppConfig):
    """Goods (商品认定)."""

    name = "youju.trade.goods"
    label = "goods"
    verbose_name = "商品认定"

    def ready(self) -> None:
        """Enter the left navigation, name the records for the trail, put the flow into force."""
        self._declare_recognition()

    @staticmethod
    def _declare_recognition() -> None:
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.goods.lifecycle import CAMPAIGN_FLOW, CAMPAIGN_KIND, GOOD_KIND
        from youju.trade.goods import addresses, events, permissions

        register_kind(GOOD_KIND, "商品", url=addresses.good, fields=events.DECISION_FIELDS)
        register_kind(CAMPAIGN_KIND, "商品复认", url=addresses.campaign, fields=events.CAMPAIGN_FIELDS)
        register_flow(CAMPAIGN_FLOW, url=addresses.campaign)
        section = "市场采购"
        register(
            NavItem(section, "商品认定", "goods:recognition", permissions.VIEW, "list", 60),
            NavItem(section, "待确认的说明", "goods:waiting", permissions.OVERSEE, "flag", 62),
            NavItem(section, "认定意见统计", "goods:refusals", permissions.OVERSEE, "target", 64),
            NavItem(section, "复认和试算", "goods:campaigns", permissions.OVERSEE, "book", 66),
        )
