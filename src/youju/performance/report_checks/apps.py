"""The room of report checks, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "预算绩效"


class ReportChecksConfig(AppConfig):
    """Report checks (报告核对)."""

    name = "youju.performance.report_checks"
    label = "report_checks"
    verbose_name = "报告核对"

    def ready(self) -> None:
        """Name the records for the trail, say where facts come from."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.shell.navigation import NavItem, register
        from youju.performance.report_checks import addresses, events, permissions
        from youju.performance.report_checks.selectors.facts import BUILT_IN
        from youju.performance.report_checks.selectors.sources import register_source

        register_kind(events.KIND, "报告核对", url=addresses.check, fields=events.FIELDS)
        register_kind(events.DEMO_KIND, "示例报告核对", fields=events.FIELDS)
        for source in BUILT_IN:
            register_source(source)
        register(NavItem(SECTION, "报告核对", "report_checks:list", permissions.VIEW, "search", 70))
