"""The room of performance targets, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Performance targets (绩效目标): read, checked, shown, written back."""

    name = "youju.performance.targets"
    label = "targets"
    verbose_name = "绩效目标"

    def ready(self) -> None:
        """Enter the left navigation, name the records for the trail, put the life cycle into force."""
        self._name_records()
        self._declare_imports()
        self._enter_navigation()
        self._offer_documents()
        self._fund()

    @staticmethod
    def _name_records() -> None:
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.workflow.services import register_flow
        from youju.performance.targets import addresses, events
        from youju.rules.performance.targets.lifecycle import FLOW, KIND

        register_kind(KIND, "绩效目标版本", url=addresses.version, fields=events.SET_FIELDS)
        register_kind(
            events.PROJECT_KIND, "项目绩效目标表", url=addresses.project, fields=events.PROJECT_FIELDS
        )
        register_kind(
            events.PREVIEW_KIND, "绩效目标导入预览", url=addresses.preview, fields=events.SET_FIELDS
        )
        register_flow(FLOW, url=addresses.version)

    @staticmethod
    def _fund() -> None:
        from youju.foundation.shell.related import register_related
        from youju.funds.projects import permissions as funds
        from youju.funds.projects.services import register_targets
        from youju.performance.targets import events, permissions, related
        from youju.performance.targets.services.funding import approved, approved_years

        register_targets(approved, approved_years)
        register_related("projects.project", "绩效目标表", permissions.VIEW, related.table)
        register_related(events.PROJECT_KIND, "绩效目标表", permissions.VIEW, related.table)
        register_related(events.PROJECT_KIND, "资金项目", funds.VIEW, related.money)

    @staticmethod
    def _declare_imports() -> None:
        from youju.foundation.imports.declaring import register_importer
        from youju.performance.targets.imports.bulk import BULK

        register_importer(BULK)

    @staticmethod
    def _enter_navigation() -> None:
        from youju.foundation.shell.navigation import NavItem, register
        from youju.performance.targets import permissions

        section = "预算绩效"
        register(
            NavItem(section, "绩效目标", "targets:projects", permissions.VIEW, "list", 10),
            NavItem(section, "部门目标", "targets:department", permissions.VIEW, "target", 20),
            NavItem(section, "审核意见", "targets:findings", permissions.VIEW_FINDINGS, "flag", 30),
            NavItem(section, "版本与审批", "targets:versions", permissions.VIEW, "book", 35),
            NavItem(section, "导入", "targets:import", permissions.IMPORT, "upload", 40),
        )

    @staticmethod
    def _offer_documents() -> None:
        from youju.foundation.documents.templates import register_template
        from youju.performance.targets.documents.official import FORM

        register_template(FORM)
