"""The room of evaluation, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "预算绩效"


class EvaluationConfig(AppConfig):
    """Evaluation (绩效评价)."""

    name = "youju.performance.evaluation"
    label = "evaluation"
    verbose_name = "绩效评价"

    def ready(self) -> None:
        """Name the records for the trail, put the flows into force, offer the papers."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.shell.related import register_related
        from youju.foundation.workflow.services import register_flow
        from youju.performance.evaluation import addresses, documents, events, permissions, related
        from youju.rules.performance.evaluation import lifecycle

        for kind, label, url in (
            (lifecycle.SELF_KIND, "绩效自评", addresses.self_evaluation),
            (lifecycle.DEPARTMENT_KIND, "部门整体绩效评价", addresses.department),
            (lifecycle.KEY_KIND, "重点评价", addresses.key_evaluation),
        ):
            register_kind(kind, label, url=url, fields=events.FIELDS)
        for kind, label in (
            (events.YEAR_KIND, "年度绩效评价"),
            (events.PACK_KIND, "绩效评价证据包"),
            (events.DEMO_KIND, "示例评价"),
        ):
            register_kind(kind, label, fields=events.FIELDS)
        register_flow(lifecycle.SELF_FLOW, url=addresses.self_evaluation)
        register_flow(lifecycle.DEPARTMENT_FLOW, url=addresses.department)
        register_flow(lifecycle.KEY_FLOW, url=addresses.key_evaluation)
        for template in (documents.FORM, documents.REPORT, documents.KEY_REPORT):
            register_template(template)
        register_related("targets.project", "绩效自评", permissions.VIEW, related.of_project)
        register(NavItem(SECTION, "绩效评价", "evaluation:overview", permissions.VIEW, "scales", 60))
