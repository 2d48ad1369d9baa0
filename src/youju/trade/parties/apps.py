"""The room of parties, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "市场采购"


class PartiesConfig(AppConfig):
    """Parties (主体备案)."""

    name = "youju.trade.parties"
    label = "parties"
    verbose_name = "主体备案"

    def ready(self) -> None:
        """Each part of the room enters the navigation, names its records for the trail, puts its flows into force."""
        self._declare_filing()
        self._declare_changes()
        self._declare_agreements()
        self._declare_buyers()
        self._declare_demo()
        self._declare_metrics()
        self._declare_conduct()

    @staticmethod
    def _declare_conduct() -> None:
        from youju.foundation.kernel.conduct import register_conduct
        from youju.trade.parties.selectors.conduct import KINDS, conduct

        register_conduct("parties", "主体备案", KINDS, conduct)

    @staticmethod
    def _declare_metrics() -> None:
        from youju.trade.parties.metrics import declare

        declare()

    @staticmethod
    def _declare_filing() -> None:
        from django.db.models import CharField
        from django.db.models.functions import Cast

        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.kernel.sealing import register_sealed
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.webhooks.kinds import register_announced
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.parties.lifecycle import PARTY_FLOW, PARTY_KIND
        from youju.trade.parties import addresses, events, permissions, services
        from youju.trade.parties.imports import FILINGS
        from youju.trade.parties.models import Party

        register_kind(
            PARTY_KIND,
            "主体备案",
            url=addresses.party,
            fields=events.CHANGE_FIELDS | events.PARTY_FIELDS,
        )
        register_flow(
            PARTY_FLOW,
            url=addresses.party,
            # Row-level security narrows it to the parties of whoever asks.
            rows=lambda: Party.objects.annotate(key=Cast("pk", CharField())).order_by().values("key"),
        )
        states = {each.code: each.label for each in PARTY_FLOW.states}
        register_announced(PARTY_KIND, "主体备案", states=states, address="/api/v1/parties/{key}")
        register_importer(FILINGS)
        register_sealed("parties.identifier", services.reseal_all)
        register(
            NavItem(
                SECTION, "我的备案", "parties:own", permissions.OWN, "book", 10, unless=permissions.FILE_BUYER
            ),
            NavItem(SECTION, "备案办理", "parties:queue", permissions.REVIEW, "flag", 12),
            NavItem(SECTION, "主体", "parties:list", permissions.VIEW, "users", 14),
        )

    @staticmethod
    def _declare_changes() -> None:
        from django.db.models import CharField
        from django.db.models.functions import Cast

        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.kernel.sealing import register_sealed
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.parties.lifecycle import CHANGE_FLOW, CHANGE_KIND
        from youju.trade.parties import addresses, events, permissions, services
        from youju.trade.parties.imports.stalls import STALLS
        from youju.trade.parties.models import ChangeRequest
        from youju.trade.parties.services.own_rows import register_own

        fields = events.CHANGE_FIELDS
        register_kind(CHANGE_KIND, "备案变更", url=addresses.change, fields=fields)
        register_kind(events.MERGE_KIND, "主体合并", url=addresses.merge, fields=fields)
        register_kind(events.PAIR_KIND, "疑似重复", fields=fields)
        register_kind(events.MARKET_KIND, "市场", url=addresses.market, fields=fields)
        register_kind(events.STALL_KIND, "摊位", url=addresses.stall, fields=fields)
        register_flow(
            CHANGE_FLOW,
            url=addresses.change,
            rows=lambda: ChangeRequest.objects.annotate(key=Cast("pk", CharField())).order_by().values("key"),
        )
        register_sealed("parties.change", services.reseal_requests)
        register_own()
        register_importer(STALLS)
        register(
            NavItem(SECTION, "变更申请", "parties:changes", permissions.VIEW, "document", 20),
            NavItem(SECTION, "到期提醒", "parties:reminders", permissions.VIEW, "flag", 22),
            NavItem(SECTION, "疑似重复", "parties:duplicates", permissions.MERGE, "users", 24),
            NavItem(SECTION, "市场与摊位", "parties:markets", permissions.VIEW, "building", 26),
            NavItem(SECTION, "备案统计", "parties:statistics", permissions.VIEW, "scales", 28),
        )

    @staticmethod
    def _declare_agreements() -> None:
        from django.db.models import CharField
        from django.db.models.functions import Cast

        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.parties.lifecycle import AGREEMENT_FLOW, AGREEMENT_KIND
        from youju.trade.parties import addresses, events, permissions
        from youju.trade.parties.documents.agreement import AGREEMENT
        from youju.trade.parties.models import Agreement

        register_kind(AGREEMENT_KIND, "代理协议", url=addresses.agreement, fields=events.AGREEMENT_FIELDS)
        register_flow(
            AGREEMENT_FLOW,
            url=addresses.agreement,
            rows=lambda: Agreement.objects.annotate(key=Cast("pk", CharField())).order_by().values("key"),
        )
        register_template(AGREEMENT)
        register(
            NavItem(SECTION, "代理协议", "parties:agreements", permissions.VIEW_AGREEMENTS, "book", 40),
        )

    @staticmethod
    def _declare_buyers() -> None:
        from youju.foundation.shell.navigation import NavItem, register
        from youju.trade.parties import permissions

        register(NavItem(SECTION, "我的采购商备案", "parties:buyer", permissions.FILE_BUYER, "user", 15))

    @staticmethod
    def _declare_demo() -> None:
        from youju.foundation.audit.subjects import register_kind
        from youju.trade.parties import events

        register_kind(
            events.DEMO_KIND, "示例数据", fields={"parties": "主体", "agreements": "代理协议", "seed": "种子"}
        )
