"""The backup room: no tables, two commands."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.backup"
    label = "backup"
    verbose_name = "备份与恢复"

    def ready(self) -> None:
        """Name the room's kinds and verbs to the audit trail."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.backup import events

        register_kind(
            events.KIND,
            "数据备份",
            fields={
                "file": "文件",
                "archive": "文件",
                "taken_at": "备份的时刻",
                "manifest_sha256": "清单校验值",
                "aside": "原来的数据库改名为",
            },
        )
        register_kind(events.ASIDE, "恢复时留下的旧数据", fields={"name": "名称"})
