"""The room of settlement, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    """Settlement (收结汇)."""

    name = "youju.trade.settlement"
    label = "settlement"
    verbose_name = "收结汇"

    def ready(self) -> None:
        """Name the records for the trail, hear of releases, declare metrics, enter the navigation."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.shell.related import register_related
        from youju.trade.declarations.services import register_released
        from youju.trade.settlement import addresses, events, permissions, related
        from youju.trade.settlement.imports import RATES, RECEIPTS
        from youju.trade.settlement.metrics import declare
        from youju.trade.settlement.services import open_declaration

        register_kind(events.RECEIPT_KIND, "收汇", url=addresses.receipt, fields=events.FIELDS)
        register_kind(events.RESERVATION_KIND, "占用", url=addresses.reservation, fields=events.FIELDS)
        register_kind(events.LEDGER_KIND, "核销台账", url=addresses.ledger, fields=events.FIELDS)
        register_kind(events.RATE_KIND, "当日汇率", fields=events.FIELDS)
        register_released(open_declaration)
        register_importer(RECEIPTS)
        register_importer(RATES)
        declare()
        register_related("declarations.declaration", "收结汇台账", permissions.VIEW, related.of_declaration)
        register_related("parties.party", "收结汇台账", permissions.VIEW, related.of_party)
        register(NavItem("市场采购", "收结汇", "settlement:overview", permissions.VIEW, "list", 100))
