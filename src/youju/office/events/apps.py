"""The room of events, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "综合办公"


class EventsConfig(AppConfig):
    """Events (展会与活动)."""

    name = "youju.office.events"
    label = "events"
    verbose_name = "展会与活动"

    def ready(self) -> None:
        """Name the records for the trail, put the flows into force, offer imports and the summary, declare metrics."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.kernel.sealing import register_sealed
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.office.events import addresses, events, permissions, services
        from youju.office.events.documents.summary import SUMMARY
        from youju.office.events.imports import ATTENDANCE, PLAN
        from youju.office.events.metrics import declare
        from youju.rules.office.events import lifecycle

        for kind, label, url in (
            (lifecycle.EVENT_KIND, "活动", addresses.event),
            (lifecycle.SIGNUP_KIND, "活动报名", addresses.signup),
            (lifecycle.DEAL_KIND, "展会成交", addresses.deal),
            (lifecycle.SESSION_KIND, "活动场次", addresses.session),
            (lifecycle.PROSPECT_KIND, "招商对象", addresses.prospect),
            (lifecycle.APPLICATION_KIND, "AEO 企业", addresses.application),
        ):
            register_kind(kind, label, url=url, fields=events.FIELDS)
        register_kind(events.DEMO_KIND, "示例活动", fields=events.FIELDS)
        register_flow(lifecycle.EVENT_FLOW, url=addresses.event)
        register_flow(lifecycle.SIGNUP_FLOW, url=addresses.signup)
        register_importer(PLAN)
        register_importer(ATTENDANCE)
        register_template(SUMMARY)
        register_sealed("events.contact", services.reseal_contacts)
        declare()
        register(
            NavItem(SECTION, "展会与活动", "events:list", permissions.VIEW, "flag", 30),
            NavItem("市场采购", "展会和培训报名", "events:own", permissions.OWN, "flag", 130),
        )
