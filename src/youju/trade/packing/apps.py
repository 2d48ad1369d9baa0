"""The room of packing, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PackingConfig(AppConfig):
    """Consolidation and packing (组货、装箱)."""

    name = "youju.trade.packing"
    label = "packing"
    verbose_name = "组货装箱"

    def ready(self) -> None:
        """Name the records for the trail, put the flows into force, enter the navigation, follow what happens to orders."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.webhooks.kinds import register_announced
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.packing.lifecycle import CONSOLIDATION_FLOW, PACKING_FLOW
        from youju.trade.orders.selectors import register_progress
        from youju.trade.orders.services import register_hold, register_recount
        from youju.trade.packing import addresses, events, permissions
        from youju.trade.packing.documents.sheets import LIST
        from youju.trade.packing.imports import LOADS
        from youju.trade.packing.selectors.progress import progress_of
        from youju.trade.packing.services import balancing

        register_kind(events.CONSOLIDATION_KIND, "组货单", url=addresses.consolidation, fields=events.FIELDS)
        register_kind(events.PACKING_KIND, "装箱单", url=addresses.packing, fields=events.FIELDS)
        register_flow(CONSOLIDATION_FLOW, url=addresses.consolidation)
        register_flow(PACKING_FLOW, url=addresses.packing)
        for flow, kind, label in (
            (CONSOLIDATION_FLOW, "consolidations", "组货单"),
            (PACKING_FLOW, "packings", "装箱单"),
        ):
            states = {each.code: each.label for each in flow.states}
            register_announced(flow.code, label, states=states, address=f"/api/v1/packing/{kind}/{{number}}")
        register_template(LIST)
        register_importer(LOADS)
        register_hold(balancing.hold)
        register_recount(balancing.recount)
        register_progress("packing", progress_of)
        register(
            NavItem("市场采购", "组货", "packing:consolidations", permissions.VIEW, "list", 90),
            NavItem("市场采购", "装箱", "packing:packings", permissions.VIEW, "list", 92),
        )
