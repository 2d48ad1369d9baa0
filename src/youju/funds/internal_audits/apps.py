"""The room of internal audits, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "项目资金"


class InternalAuditsConfig(AppConfig):
    """InternalAudits (内部监督)."""

    name = "youju.funds.internal_audits"
    label = "internal_audits"
    verbose_name = "内部监督"

    def ready(self) -> None:
        """Name the records for the trail, put the flows into force, register what can be sampled, offer import and documents."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.funds.internal_audits import addresses, events, permissions
        from youju.funds.internal_audits.documents.listing import LIST
        from youju.funds.internal_audits.documents.notice import NOTICE
        from youju.funds.internal_audits.imports import REGISTER
        from youju.funds.internal_audits.selectors import sources
        from youju.funds.internal_audits.selectors.populations import register_population
        from youju.rules.funds.internal_audits import lifecycle as life

        register_kind(life.PLAN_KIND, "监督计划", url=addresses.plan, fields=events.FIELDS)
        register_kind(life.ENGAGEMENT_KIND, "监督项目", url=addresses.engagement, fields=events.FIELDS)
        register_kind(life.SAMPLE_KIND, "监督样本", url=addresses.sample, fields=events.FIELDS)
        register_kind(life.ITEM_KIND, "工作底稿", url=addresses.item, fields=events.FIELDS)
        register_kind(life.FINDING_KIND, "监督发现问题", url=addresses.finding, fields=events.FIELDS)
        register_kind(events.LIST_KIND, "监督问题清单", fields=events.FIELDS)
        register_kind(events.DEMO_KIND, "示例内部监督", fields=events.FIELDS)
        register_flow(life.PLAN_FLOW, url=addresses.plan)
        register_flow(life.FINDING_FLOW, url=addresses.finding)
        # Another room of records joins sampling and findings with one more line here.
        for population in (
            sources.PAYMENTS,
            sources.AWARDS,
            sources.ASSETS,
            sources.CONTRACTS,
            sources.TASKS,
        ):
            register_population(population)
        register_importer(REGISTER)
        for template in (NOTICE, LIST):
            register_template(template)
        register(NavItem(SECTION, "内部监督", "internal_audits:list", permissions.VIEW, "search", 60))
