"""The room of declarations, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    """Customs declarations (报关)."""

    name = "youju.trade.declarations"
    label = "declarations"
    verbose_name = "报关"

    def ready(self) -> None:
        """Name the records for the trail, put the flow into force, enter the navigation, hold declared packings."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.kernel.conduct import register_conduct
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
        from youju.trade.declarations import (
            addresses,
            addresses_exchange,
            events,
            events_exchange,
            permissions,
        )
        from youju.trade.declarations.demo import events as demo_events
        from youju.trade.declarations.documents.draft import DRAFT
        from youju.trade.declarations.selectors.conduct import KINDS, conduct
        from youju.trade.declarations.selectors.progress import progress_of
        from youju.trade.declarations.services.holding import hold
        from youju.trade.orders.selectors import register_progress
        from youju.trade.packing.services import register_hold

        fields = {**events_exchange.FIELDS, **events.FIELDS}
        register_kind(events.DECLARATION_KIND, "报关单", url=addresses.declaration, fields=fields)
        register_kind(events.PLAN_KIND, "分票方案", url=addresses.plan, fields=events.FIELDS)
        register_kind(
            events_exchange.MESSAGE_KIND,
            "报文和回执",
            url=addresses_exchange.message,
            fields=events_exchange.FIELDS,
        )
        register_kind(demo_events.DEMO_KIND, "示例年度", fields=demo_events.FIELDS)
        register_flow(DECLARATION_FLOW, url=addresses.declaration)
        register_template(DRAFT)
        register_hold(hold)
        register_progress("declarations", progress_of)
        register_conduct("declarations", "报关", KINDS, conduct)
        register(
            NavItem("市场采购", "报关", "declarations:declarations", permissions.VIEW, "list", 94),
            NavItem("市场采购", "报文和回执", "declarations:exchange", permissions.VIEW, "list", 96),
        )
        self._declare_announced()
        self._declare_metrics()

    @staticmethod
    def _declare_metrics() -> None:
        from youju.trade.declarations.metrics import declare

        declare()

    @staticmethod
    def _declare_announced() -> None:
        from youju.foundation.webhooks.kinds import register_announced
        from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW

        states = {each.code: each.label for each in DECLARATION_FLOW.states}
        register_announced(
            DECLARATION_FLOW.code, "报关单", states=states, address="/api/v1/declarations/{number}"
        )
