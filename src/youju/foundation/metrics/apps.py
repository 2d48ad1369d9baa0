"""The metric catalogue, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    """Numbers with lineage (指标)."""

    name = "youju.foundation.metrics"
    label = "metrics"
    verbose_name = "指标"

    def ready(self) -> None:
        """Enter the navigation, name metrics and the lake for the trail, keep compiled statements on disk."""
        from youju.analytics.engines import keep_in
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.kernel import places
        from youju.foundation.metrics import addresses, events, metrics, permissions
        from youju.foundation.metrics.choosing import register_engine
        from youju.foundation.metrics.selectors.lake import ready_lake_engine, spark_over_lakes
        from youju.foundation.shell.navigation import NavItem, register

        register_kind(events.METRIC_KIND, "指标", url=addresses.metric, fields=events.FIELDS)
        register_kind(events.LAKE, "数据湖", url=addresses.lake, fields=events.LAKE_FIELDS)
        keep_in(places.var() / "cache" / "statements")
        metrics.declare()
        register_engine("duckdb", ready_lake_engine)
        register_engine("spark", spark_over_lakes, at_the_machine=True)
        register(NavItem("依据", "指标目录", "metrics:catalogue", permissions.VIEW, "scales", 5))
