"""The operations room: the audit trail, jobs, health, as pages."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.operations"
    label = "operations"
    verbose_name = "系统运行"
