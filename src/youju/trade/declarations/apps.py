"""The room of declarations, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    """Customs declarations (报关)."""

    name = "youju.trade.declarations"
    label = "declarations"
    verbose_name = "报关"

    def ready(self) -> None:
        """Name the records that are announced."""
        self._declare_announced()

    @staticmethod
    def _declare_announced() -> None:
        from youju.foundation.webhooks.kinds import register_announced
        from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW

        states = {each.code: each.label for each in DECLARATION_FLOW.states}
        register_announced(
            DECLARATION_FLOW.code, "报关单", states=states, address="/api/v1/declarations/{number}"
        )
