"""The room of parties, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties (主体备案)."""

    name = "youju.trade.parties"
    label = "parties"
    verbose_name = "主体备案"

    def ready(self) -> None:
        """Each part of the room makes itself known."""
        self._declare_filing()

    @staticmethod
    def _declare_filing() -> None:
        from django.db.models import CharField
        from django.db.models.functions import Cast

        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.kernel.sealing import register_sealed
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.parties.lifecycle import PARTY_FLOW, PARTY_KIND
        from youju.trade.parties import addresses, events, permissions, services
        from youju.trade.parties.imports import FILINGS
        from youju.trade.parties.models import Party

        register_kind(PARTY_KIND, "主体备案", url=addresses.party, fields=events.PARTY_FIELDS)
        register_flow(
            PARTY_FLOW,
            url=addresses.party,
            # Row-level security narrows it to the parties of whoever asks.
            rows=lambda: Party.objects.annotate(key=Cast("pk", CharField())).order_by().values("key"),
        )
        register_importer(FILINGS)
        register_sealed("parties.identifier", services.reseal_all)
        section = "市场采购"
        register(
            NavItem(section, "我的备案", "parties:own", permissions.OWN, "book", 10),
            NavItem(section, "备案办理", "parties:queue", permissions.REVIEW, "flag", 12),
            NavItem(section, "主体", "parties:list", permissions.VIEW, "users", 14),
        )
