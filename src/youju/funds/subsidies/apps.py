"""The room of subsidies, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SubsidiesConfig(AppConfig):
    """Subsidies (政策兑现): policies, what they would cost, applications, publicity, awards."""

    name = "youju.funds.subsidies"
    label = "subsidies"
    verbose_name = "政策兑现"

    def ready(self) -> None:
        """Name the records for the trail, put the flows into force, enter the navigation."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.funds.subsidies import addresses, events, permissions
        from youju.rules.funds.subsidies.policy_lifecycle import POLICY_FLOW

        register_kind(events.POLICY_KIND, "补贴政策", url=addresses.policy, fields=events.FIELDS)
        register_kind(events.BACKTEST_KIND, "政策回测", url=addresses.backtest, fields=events.FIELDS)
        register_flow(POLICY_FLOW, url=addresses.policy)
        register(NavItem("项目资金", "补贴政策", "subsidies:policies", permissions.VIEW, "list", 210))
        self._declare_claims()
        self._declare_conduct()

    @staticmethod
    def _declare_claims() -> None:
        from youju.funds.subsidies.claim_setup import declare_claims
        from youju.funds.subsidies.duplicate_setup import declare_duplicates
        from youju.funds.subsidies.risk_setup import declare_for_risk

        declare_claims()
        declare_duplicates()
        declare_for_risk()

    @staticmethod
    def _declare_conduct() -> None:
        from youju.foundation.kernel.conduct import register_conduct
        from youju.funds.subsidies.selectors.conduct import KINDS, conduct

        register_conduct("subsidies", "政策兑现", KINDS, conduct)
