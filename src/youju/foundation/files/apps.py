"""The files room: contents kept once under their hash."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.files"
    label = "files"
    verbose_name = "文件"

    def ready(self) -> None:
        """Name the kinds and the verbs of the room."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.files import events  # noqa: F401 - its verbs are declared by the import

        register_kind(
            "files.store",
            "文件库",
            fields={"contents": "内容", "files": "没有登记的文件", "uploads": "没传完的文件"},
        )
