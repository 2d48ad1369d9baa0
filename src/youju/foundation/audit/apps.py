"""The audit room: who did what to which record, in a chain that shows every later change."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Name the kinds and the verbs of the room."""
        from youju.foundation.audit import events  # noqa: F401 - its verbs are declared by the import
        from youju.foundation.audit.subjects import register_kind

        register_kind(
            "audit.trail",
            "审计记录",
            fields={
                "entries": "条数",
                "segments": "段数",
                "faults": "发现的问题",
                "sha256": "校验值",
                "fields": "内容",
                "filters": "筛选条件",
            },
        )
        register_kind("audit.root", "审计根", fields={"root": "校验值", "entries": "条数"})
