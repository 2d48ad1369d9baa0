"""The room of statistics, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Statistics and watch over operations (统计监测)."""

    name = "youju.trade.statistics"
    label = "statistics"
    verbose_name = "统计监测"

    def ready(self) -> None:
        """Name the records for the trail, offer import and bulletin, declare the metric, enter the navigation."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.trade.statistics import addresses, events, permissions
        from youju.trade.statistics.documents.bulletin import BULLETIN
        from youju.trade.statistics.imports.districts import DISTRICTS
        from youju.trade.statistics.metrics import declare

        register_kind(events.ALERT_KIND, "运行监测提醒", url=addresses.alert, fields=events.FIELDS)
        register_kind(events.BULLETIN_KIND, "月报", url=addresses.bulletin, fields=events.FIELDS)
        register_kind(events.DISTRICT_KIND, "全口径统计", url=addresses.districts, fields=events.FIELDS)
        register_kind(events.CUT_KIND, "出口统计", url=addresses.cut, fields=events.FIELDS)
        register_importer(DISTRICTS)
        register_template(BULLETIN)
        register(NavItem("市场采购", "统计监测", "statistics:overview", permissions.VIEW, "chart", 110))
        declare()
