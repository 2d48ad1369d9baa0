"""The shell as a Django app: templates, one stylesheet, one small script, template tags."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Has no tables."""

    name = "youju.foundation.shell"
    label = "shell"
    verbose_name = "界面"

    def ready(self) -> None:
        """Name the lists for the trail."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.shell import events

        register_kind(events.LIST_KIND, "列表", fields=events.LIST_FIELDS)
