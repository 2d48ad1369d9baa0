"""The workflow room: states, deadlines, to-do lists."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.workflow"
    label = "workflow"
    verbose_name = "流程与待办"

    def ready(self) -> None:
        """Enter the left navigation and name the kinds of the trail."""
        from django.urls import reverse

        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow import events, permissions  # noqa: F401 - its verbs are declared by the import

        register_kind(
            "workflow.absence",
            "离岗登记",
            url=lambda key: reverse("workflow:absence", args=[key]),
            fields={
                "user": "离岗人",
                "substitute": "代理人",
                "first": "第一天",
                "last": "最后一天",
                "ended_at": "提前结束",
            },
        )
        register(
            NavItem("总览", "待办", "workflow:todo", permissions.OWN, "list", 20),
            NavItem("总览", "办理进度", "workflow:cases", permissions.VIEW, "flag", 30),
            NavItem("总览", "逾期事项", "workflow:late", permissions.VIEW, "info", 35),
            NavItem("总览", "离岗代理", "workflow:absences", permissions.OWN, "user", 40),
        )
