"""The room of dispatched staff, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "综合办公"


class StaffConfig(AppConfig):
    """Dispatched staff (派遣人员)."""

    name = "youju.office.staff"
    label = "staff"
    verbose_name = "派遣人员"

    def ready(self) -> None:
        """Name the records for the trail, put the flow into force, offer the import, declare the metric."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.office.staff import addresses, events, permissions
        from youju.office.staff.imports import MONTHS
        from youju.office.staff.metrics import declare
        from youju.rules.office.staff.lifecycle import AGREEMENT_KIND, LINE_KIND, MONTH_FLOW, MONTH_KIND

        register_kind(MONTH_KIND, "派遣人员月表", url=addresses.month, fields=events.FIELDS)
        register_kind(LINE_KIND, "派遣人员的一个月", url=addresses.line, fields=events.FIELDS)
        register_kind(AGREEMENT_KIND, "派遣约定", url=addresses.agreement, fields=events.FIELDS)
        register_kind(events.DEMO_KIND, "示例派遣人员", fields=events.FIELDS)
        register_flow(MONTH_FLOW, url=addresses.month)
        register_importer(MONTHS)
        declare()
        register(NavItem(SECTION, "派遣人员", "staff:overview", permissions.VIEW, "users", 60))
