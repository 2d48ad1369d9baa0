"""The operations room: the audit trail, jobs, health, as pages."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.operations"
    label = "operations"
    verbose_name = "系统运行"

    def ready(self) -> None:
        """Watch the database; enter the left navigation."""
        from youju.foundation.identity.permissions import Permission
        from youju.foundation.operations import metrics, slow
        from youju.foundation.shell.circumstances import watch
        from youju.foundation.shell.navigation import NavItem, register

        slow.install()
        watch(metrics.request)
        watch(slow.request)
        section = "系统"
        register(
            NavItem(section, "系统运行", "operations:overview", Permission.OPERATIONS_VIEW, "info", 10),
            NavItem(section, "后台任务", "operations:jobs", Permission.OPERATIONS_VIEW, "list", 20),
            NavItem(section, "审计记录", "operations:audit", Permission.AUDIT_VIEW, "history", 30),
            NavItem(section, "接口密钥", "identity:api-keys", Permission.API_KEYS_MANAGE, "user", 40),
        )
