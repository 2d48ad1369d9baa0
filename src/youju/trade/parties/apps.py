"""The room of parties, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties (主体备案)."""

    name = "youju.trade.parties"
    label = "parties"
    verbose_name = "主体备案"

    def ready(self) -> None:
        """Name the records for the trail."""
        self._declare_demo()

    @staticmethod
    def _declare_demo() -> None:
        from youju.foundation.audit.subjects import register_kind
        from youju.trade.parties import events

        register_kind(
            events.DEMO_KIND, "示例数据", fields={"parties": "主体", "agreements": "代理协议", "seed": "种子"}
        )
