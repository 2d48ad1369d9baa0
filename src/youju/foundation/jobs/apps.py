"""The jobs room: work that outlives a request, in PostgreSQL."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.jobs"
    label = "jobs"
    verbose_name = "后台任务"
