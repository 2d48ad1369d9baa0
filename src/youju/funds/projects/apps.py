"""The room of projects, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Projects with a budget (资金项目): where the money comes from, its plan, its adjustments, its batches."""

    name = "youju.funds.projects"
    label = "projects"
    verbose_name = "资金项目"

    def ready(self) -> None:
        """Name the records for the trail, put the flows into force, enter the navigation."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.funds.projects import addresses, events, permissions
        from youju.funds.projects.metrics import declare
        from youju.rules.funds.projects.lifecycle import ADJUSTMENT_FLOW, BATCH_FLOW

        register_kind(events.PROJECT_KIND, "资金项目", url=addresses.project, fields=events.FIELDS)
        register_kind(events.ADJUSTMENT_KIND, "预算调整", url=addresses.adjustment, fields=events.FIELDS)
        register_kind(events.BATCH_KIND, "支出批次", url=addresses.batch, fields=events.FIELDS)
        register_flow(ADJUSTMENT_FLOW, url=addresses.adjustment)
        register_flow(BATCH_FLOW, url=addresses.batch)
        register(NavItem("项目资金", "资金项目", "projects:projects", permissions.VIEW, "book", 10))
        declare()
