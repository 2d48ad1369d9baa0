"""The room of parties, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties (主体备案)."""

    name = "youju.trade.parties"
    label = "parties"
    verbose_name = "主体备案"

    def ready(self) -> None:
        """Enter the left navigation, name the records for the trail, put the flows into force."""
        self._declare_agreements()
        self._declare_buyers()

    @staticmethod
    def _declare_agreements() -> None:
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.parties.lifecycle import AGREEMENT_FLOW, AGREEMENT_KIND
        from youju.trade.parties import addresses, events, permissions
        from youju.trade.parties.documents.agreement import AGREEMENT

        register_kind(AGREEMENT_KIND, "代理协议", url=addresses.agreement, fields=events.AGREEMENT_FIELDS)
        register_flow(AGREEMENT_FLOW, url=addresses.agreement)
        register_template(AGREEMENT)
        register(
            NavItem("市场采购", "代理协议", "parties:agreements", permissions.VIEW_AGREEMENTS, "book", 40),
        )

    @staticmethod
    def _declare_buyers() -> None:
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow import flows
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.parties.lifecycle import PARTY_FLOW
        from youju.trade.parties import permissions

        register(NavItem("市场采购", "我的采购商备案", "parties:buyer", permissions.FILE_BUYER, "user", 15))
        # Whoever handles filings registers their flow with their page; a buyer alone needs no page of it.
        if flows.find(PARTY_FLOW.code, PARTY_FLOW.since) is None:
            register_flow(PARTY_FLOW)
        """Name the records for the trail."""
        self._declare_demo()

    @staticmethod
    def _declare_demo() -> None:
        from youju.foundation.audit.subjects import register_kind
        from youju.trade.parties import events

        register_kind(
            events.DEMO_KIND, "示例数据", fields={"parties": "主体", "agreements": "代理协议", "seed": "种子"}
        )
