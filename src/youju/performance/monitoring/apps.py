"""The room of monitoring, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "预算绩效"


class MonitoringConfig(AppConfig):
    """Monitoring (运行监控)."""

    name = "youju.performance.monitoring"
    label = "monitoring"
    verbose_name = "运行监控"

    def ready(self) -> None:
        """Name the records for the trail, put the flows into force, hold payments, offer import and documents."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.funds.payments.selectors import register_hold
        from youju.performance.monitoring import addresses, events, permissions
        from youju.performance.monitoring.documents.official import FORM
        from youju.performance.monitoring.imports import CAUSES_SHEET
        from youju.performance.monitoring.selectors import holds_payments
        from youju.rules.performance.monitoring import lifecycle as life

        register_kind(life.ROUND_KIND, "运行监控", url=addresses.round, fields=events.FIELDS)
        register_kind(life.ORDER_KIND, "整改通知", url=addresses.order, fields=events.FIELDS)
        register_kind(life.SUSPENSION_KIND, "暂停拨付", url=addresses.suspension, fields=events.FIELDS)
        register_kind(events.DEMO_KIND, "示例运行监控", fields=events.FIELDS)
        register_flow(life.ROUND_FLOW, url=addresses.round)
        register_flow(life.ORDER_FLOW, url=addresses.order)
        register_hold(holds_payments)
        register_importer(CAUSES_SHEET)
        register_template(FORM)
        register(NavItem(SECTION, "运行监控", "monitoring:list", permissions.VIEW, "chart", 30))
