"""The room of risk, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "市场采购"


class RiskConfig(AppConfig):
    """Risk (风险预警)."""

    name = "youju.trade.risk"
    label = "risk"
    verbose_name = "风险预警"

    def ready(self) -> None:
        """Name the records for the trail, put the flow into force, check orders and plans, enter the navigation."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.risk.lifecycle import HIT_FLOW
        from youju.trade.risk import addresses, events, permissions

        for kind, label, url in (
            (events.HIT_KIND, "风险预警", addresses.hit),
            (events.SCAN_KIND, "风险扫描", addresses.scan),
            (events.DRAW_KIND, "抽签", addresses.draw),
            (events.PEERS_KIND, "同类统计", addresses.peers),
            (events.LANE_KIND, "通道", addresses.lanes),
            (events.TRIAL_KIND, "门槛试算", addresses.trial),
        ):
            register_kind(kind, label, url=url, fields=events.FIELDS)
        register_flow(HIT_FLOW, url=addresses.hit)
        register(
            NavItem(SECTION, "风险预警", "risk:board", permissions.VIEW, "flag", 104),
            NavItem(SECTION, "我的风险预警", "risk:own", permissions.APPEAL, "flag", 105),
        )
        self._check()
        self._relate()

    @staticmethod
    def _relate() -> None:
        from youju.foundation.shell.related import register_related
        from youju.trade.risk import permissions, related

        for kind, look in (
            ("orders.order", related.of_order),
            ("packing.packing", related.of_packing),
            ("declarations.declaration", related.of_declaration),
        ):
            register_related(kind, "风险预警", permissions.VIEW, look)
        register_related("parties.party", "关联图", permissions.VIEW, related.of_party)

    @staticmethod
    def _check() -> None:
        from youju.trade.declarations.services import register_plan_check
        from youju.trade.orders.services import register_check
        from youju.trade.risk.checking import orders, plans

        register_check("risk", orders.findings)
        register_plan_check("risk", plans.findings)
