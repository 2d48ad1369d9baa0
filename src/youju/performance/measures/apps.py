"""The room of measures, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "预算绩效"


class MeasuresConfig(AppConfig):
    """Measures (指标计量)."""

    name = "youju.performance.measures"
    label = "measures"
    verbose_name = "指标计量"

    def ready(self) -> None:
        """Name the records for the trail, enter the navigation."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.shell.related import register_related
        from youju.performance.measures import events, permissions, related
        from youju.rules.performance.measures import lifecycle

        for kind, label in (
            (lifecycle.BINDING_KIND, "计量绑定"),
            (lifecycle.ATTESTATION_KIND, "情况说明"),
            (lifecycle.ADJUSTMENT_KIND, "数值调整"),
            (lifecycle.FREEZE_KIND, "计量冻结"),
            (events.DEMO_KIND, "示例计量"),
        ):
            register_kind(kind, label, fields=events.FIELDS)
        for kind in ("targets.project", "projects.project"):
            register_related(kind, "指标完成情况", permissions.VIEW, related.of_project)
        register(NavItem(SECTION, "指标计量", "measures:overview", permissions.VIEW, "scales", 50))
