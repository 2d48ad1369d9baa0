"""The room of tasks, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "综合办公"


class TasksConfig(AppConfig):
    """Tasks (任务)."""

    name = "youju.office.tasks"
    label = "tasks"
    verbose_name = "任务"

    def ready(self) -> None:
        """Name the records for the trail, put the flow into force, offer the import, declare metrics, enter the navigation."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.kernel.conduct import register_conduct
        from youju.foundation.kernel.sealing import register_sealed
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.office.tasks import addresses, events, permissions, services
        from youju.office.tasks.imports import PLANS
        from youju.office.tasks.metrics import declare
        from youju.office.tasks.selectors.conduct import KINDS, conduct
        from youju.rules.office.tasks.lifecycle import TASK_FLOW, TASK_KIND

        register_kind(TASK_KIND, "任务", url=addresses.task, fields=events.FIELDS)
        register_kind(events.DEMO_KIND, "示例任务", fields=events.FIELDS)
        # Nobody outside holds a permission for which a task waits, and whoever may look at cases reads all tasks.
        register_flow(TASK_FLOW, url=addresses.task)
        register_importer(PLANS)
        register_sealed("tasks.matter", services.reseal_contacts)
        declare()
        register_conduct("tasks", "纠纷投诉", KINDS, conduct)
        register(
            NavItem(SECTION, "工作任务", "tasks:list", permissions.VIEW, "flag", 10),
            NavItem("市场采购", "我的诉求和投诉", "tasks:own", permissions.OWN, "flag", 120),
        )
