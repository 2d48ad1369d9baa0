"""The jobs room: work that outlives a request, in PostgreSQL."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        """Name the room's kind and verbs to the audit trail; the page of a run stands in the operations room."""
        from django.urls import NoReverseMatch, reverse

        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.jobs import events

        def page(key: str) -> str | None:
            try:
                return reverse("operations:job", args=[key])
            except NoReverseMatch:
                return None

        register_kind(events.KIND, "后台任务", url=page, fields={"state": "状态"})
