"""The room of the base, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "综合办公"


class BaseConfig(AppConfig):
    """Base (基地与支持政策)."""

    name = "youju.office.base"
    label = "base"
    verbose_name = "基地与支持政策"

    def ready(self) -> None:
        """Name the records for the trail, put the flow into force, offer the imports."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.office.base import addresses, events, permissions
        from youju.office.base.imports import IMPORTERS
        from youju.office.base.registers import REGISTERS
        from youju.rules.office.base.kinds import PLATFORMS
        from youju.rules.office.base.lifecycle import PLATFORM_FLOW

        for code, each in REGISTERS.items():
            register_kind(each.subject_kind, each.noun, url=addresses.of(code), fields=events.FIELDS)
        register_kind(events.DEMO_KIND, "示例的基地与支持政策", fields=events.FIELDS)
        register_flow(PLATFORM_FLOW, url=addresses.of(PLATFORMS))
        for importer in IMPORTERS:
            register_importer(importer)
        register(NavItem(SECTION, "基地与支持政策", "base:overview", permissions.VIEW, "building", 50))
