"""The room of declarations, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    """Customs declarations (报关)."""

    name = "youju.trade.declarations"
    label = "declarations"
    verbose_name = "报关"

    def ready(self) -> None:
        """Say what the trail calls the records of this room."""
        from youju.foundation.audit.subjects import register_kind
        from youju.trade.declarations.demo import events

        register_kind(events.DEMO_KIND, "示例年度", fields=events.FIELDS)
