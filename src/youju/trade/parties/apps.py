"""The room of parties, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties (主体备案)."""

    name = "youju.trade.parties"
    label = "parties"
    verbose_name = "主体备案"

    def ready(self) -> None:
        """Enter the left navigation, name the records for the trail, put flows and imports into force."""
        self._declare_changes()

    @staticmethod
    def _declare_changes() -> None:
        from youju.foundation.audit.subjects import kind_of, register_kind
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.parties.lifecycle import CHANGE_FLOW, CHANGE_KIND, PARTY_FLOW, PARTY_KIND
        from youju.trade.parties import addresses, events, permissions
        from youju.trade.parties.imports.stalls import STALLS
        from youju.trade.parties.services.own_rows import register_own

        fields = events.CHANGE_FIELDS
        if kind_of(PARTY_KIND).name == PARTY_KIND:
            register_kind(PARTY_KIND, "主体备案", url=addresses.party, fields=fields)
        register_kind(CHANGE_KIND, "备案变更", url=addresses.change, fields=fields)
        register_kind(events.MERGE_KIND, "主体合并", url=addresses.merge, fields=fields)
        register_kind(events.PAIR_KIND, "疑似重复", fields=fields)
        register_kind(events.MARKET_KIND, "市场", url=addresses.market, fields=fields)
        register_kind(events.STALL_KIND, "摊位", url=addresses.stall, fields=fields)
        register_flow(PARTY_FLOW, url=addresses.party)
        register_flow(CHANGE_FLOW, url=addresses.change)
        register_own()
        register_importer(STALLS)
        section = "市场采购"
        register(
            NavItem(section, "变更申请", "parties:changes", permissions.VIEW, "document", 30),
            NavItem(section, "到期提醒", "parties:reminders", permissions.VIEW, "flag", 40),
            NavItem(section, "疑似重复", "parties:duplicates", permissions.MERGE, "users", 50),
            NavItem(section, "市场与摊位", "parties:markets", permissions.VIEW, "building", 60),
            NavItem(section, "备案统计", "parties:statistics", permissions.VIEW, "scales", 70),
        )
