"""The room of proposals, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "预算绩效"


class ProposalsConfig(AppConfig):
    """Proposals (下年目标建议)."""

    name = "youju.performance.proposals"
    label = "proposals"
    verbose_name = "下年目标建议"

    def ready(self) -> None:
        """Name the records for the trail, put the flows into force, offer the document, say whence last year's grades come."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.performance.evaluation.selectors import approved_grades
        from youju.performance.proposals import addresses, events, permissions
        from youju.performance.proposals.documents.opinion import OPINION
        from youju.performance.proposals.selectors import register_results
        from youju.rules.performance.proposals import lifecycle as life

        register_kind(life.PROPOSAL_KIND, "下年目标建议", url=addresses.proposal, fields=events.FIELDS)
        register_kind(life.AUDIT_KIND, "绩效目标审核", url=addresses.audit, fields=events.FIELDS)
        register_kind(events.DEMO_KIND, "示例目标建议和审核", fields=events.FIELDS)
        register_flow(life.PROPOSAL_FLOW, url=addresses.proposal)
        register_flow(life.AUDIT_FLOW, url=addresses.audit)
        register_template(OPINION)
        register_results(approved_grades)
        register(NavItem(SECTION, "下年目标建议", "proposals:list", permissions.VIEW, "list", 60))
