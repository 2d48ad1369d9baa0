"""The room of contracts, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "综合办公"


class ContractsConfig(AppConfig):
    """Contracts (合同)."""

    name = "youju.office.contracts"
    label = "contracts"
    verbose_name = "合同"

    def ready(self) -> None:
        """Name the records for the trail, put the flow into force, offer import and sheet, declare metrics."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.office.contracts import addresses, events, permissions
        from youju.office.contracts.documents.sheet import SHEET
        from youju.office.contracts.imports import REGISTER
        from youju.office.contracts.metrics import declare
        from youju.rules.office.contracts.lifecycle import (
            CONTRACT_KIND,
            DELIVERABLE_FLOW,
            DELIVERABLE_KIND,
        )

        register_kind(CONTRACT_KIND, "合同", url=addresses.contract, fields=events.FIELDS)
        register_kind(DELIVERABLE_KIND, "合同成果", url=addresses.deliverable, fields=events.FIELDS)
        register_kind(events.DEMO_KIND, "示例合同", fields=events.FIELDS)
        register_flow(DELIVERABLE_FLOW, url=addresses.deliverable)
        register_importer(REGISTER)
        register_template(SHEET)
        declare()
        register(NavItem(SECTION, "合同", "contracts:list", permissions.VIEW, "document", 20))
