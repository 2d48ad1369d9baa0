"""The audit room: who did what to which record, in a chain that shows every later change."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.audit"
    label = "audit"
    verbose_name = "审计"
