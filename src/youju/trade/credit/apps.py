"""The room of credit, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "市场采购"


class CreditConfig(AppConfig):
    """Credit (信用评价)."""

    name = "youju.trade.credit"
    label = "credit"
    verbose_name = "信用评价"

    def ready(self) -> None:
        """Name the records for the trail, put the flows into force, enter the navigation, offer the certificate."""
        from django.db.models import CharField
        from django.db.models.functions import Cast

        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.credit import lifecycle
        from youju.trade.credit import addresses, events, permissions
        from youju.trade.credit.documents.certificate import CERTIFICATE
        from youju.trade.credit.models import Plea

        for kind, label, url in (
            (lifecycle.SNAPSHOT_KIND, "信用得分快照", addresses.snapshot),
            (lifecycle.SCORE_KIND, "信用得分", addresses.score),
            (lifecycle.APPEAL_KIND, "信用申诉", addresses.plea),
            (lifecycle.REPAIR_KIND, "信用修复", addresses.plea),
            (lifecycle.LIST_KIND, "信用公示名单", addresses.public_list),
            (events.TRIAL_KIND, "信用办法试算", addresses.trial),
        ):
            register_kind(kind, label, url=url, fields=events.FIELDS)
        for kind, label in ((lifecycle.CERTIFICATE_KIND, "信用证明"), (events.DEMO_KIND, "示例信用得分")):
            register_kind(kind, label, fields=events.FIELDS)
        for flow in (lifecycle.APPEAL_FLOW, lifecycle.REPAIR_FLOW):
            register_flow(
                flow,
                url=addresses.plea,
                # Row-level security narrows it to the pleas of whoever asks.
                rows=lambda: Plea.objects.annotate(key=Cast("pk", CharField())).order_by().values("key"),
            )
        self._register_lower_rooms()
        register_flow(lifecycle.LIST_FLOW, url=addresses.public_list)
        register_template(CERTIFICATE)
        register(
            NavItem(SECTION, "信用评价", "credit:board", permissions.VIEW, "scales", 102),
            NavItem(SECTION, "我的信用", "credit:own", permissions.OWN, "scales", 104),
        )

    @staticmethod
    def _register_lower_rooms() -> None:
        """The rooms right below tell their records through selectors; what stands further off registers by itself."""
        from youju.foundation.kernel.conduct import register_conduct
        from youju.trade.exemptions.selectors import conduct as exemptions
        from youju.trade.risk.selectors import conduct as risk
        from youju.trade.settlement.selectors import conduct as settlement

        register_conduct("settlement", "收结汇", settlement.KINDS, settlement.conduct)
        register_conduct("exemptions", "免税申报", exemptions.KINDS, exemptions.conduct)
        register_conduct("risk", "风险预警", risk.KINDS, risk.conduct)
