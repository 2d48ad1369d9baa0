"""The documents room: any document in, official forms out."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.documents"
    label = "documents"
    verbose_name = "文书"

    def ready(self) -> None:
        """Name the kind and the verbs of the room."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents import events

        register_kind(
            events.KIND,
            "文书",
            fields={
                "template": "模板",
                "version": "模板版本",
                "template_hash": "模板校验值",
                "context_hash": "数据校验值",
                "format": "格式",
                "about": "对象",
                "sha256": "文件校验值",
                "size": "字节数",
            },
        )
