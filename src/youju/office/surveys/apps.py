"""The room of surveys, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "综合办公"


class SurveysConfig(AppConfig):
    """Surveys (满意度调查)."""

    name = "youju.office.surveys"
    label = "surveys"
    verbose_name = "满意度调查"

    def ready(self) -> None:
        """Name the records for the trail, put the flow into force, offer import and report, declare the metric."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.kernel.sealing import register_sealed
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.office.surveys import addresses, events, permissions
        from youju.office.surveys.documents.report import REPORT
        from youju.office.surveys.imports import PAPER_SHEETS
        from youju.office.surveys.metrics import declare
        from youju.office.surveys.services import reseal_all
        from youju.rules.office.surveys.lifecycle import SURVEY_FLOW, SURVEY_KIND

        register_kind(SURVEY_KIND, "满意度调查", url=addresses.survey, fields=events.FIELDS)
        register_kind(events.DEMO_KIND, "示例调查", fields=events.FIELDS)
        register_flow(SURVEY_FLOW, url=addresses.survey)
        register_importer(PAPER_SHEETS)
        register_template(REPORT)
        register_sealed("surveys.envelopes", reseal_all)
        declare()
        register(NavItem(SECTION, "满意度调查", "surveys:list", permissions.VIEW, "document", 30))
