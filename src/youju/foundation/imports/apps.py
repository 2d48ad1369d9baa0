"""The imports room: spreadsheets in, all or nothing."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.imports"
    label = "imports"
    verbose_name = "批量导入"

    def ready(self) -> None:
        """Enter the left navigation, name the kinds of the trail, declare the house's own imports."""
        from django.urls import reverse

        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.imports import events, people, permissions  # noqa: F401 - verbs are declared by the import
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register

        register_kind(
            "imports.batch",
            "导入批次",
            url=lambda key: reverse("imports:batch", args=[key]),
            fields={
                "importer": "导入",
                "file": "文件",
                "rows": "行数",
                "sha256": "校验值",
                "role": "用处",
                "consequences": "后果",
            },
        )
        register_importer(people.ORGANISATIONS)
        register(NavItem("综合办公", "批量导入", "imports:overview", permissions.VIEW, "upload", 10))
