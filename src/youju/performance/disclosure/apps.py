"""The room of disclosure, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "预算绩效"


class DisclosureConfig(AppConfig):
    """Disclosure (绩效公开)."""

    name = "youju.performance.disclosure"
    label = "disclosure"
    verbose_name = "绩效公开"

    def ready(self) -> None:
        """Name the records for the trail, put the flow into force, say who gives content."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.performance.disclosure import addresses, events, permissions
        from youju.performance.disclosure.selectors.providers import register_provider
        from youju.performance.disclosure.services.providing import BUILT_IN
        from youju.performance.disclosure.services.scoring import SCORES
        from youju.rules.performance.disclosure import lifecycle

        register_kind(lifecycle.KIND, "绩效公开", url=addresses.release, fields=events.FIELDS)
        for kind, label in ((events.SITE_KIND, "公开网站"), (events.DEMO_KIND, "示例公开内容")):
            register_kind(kind, label, fields=events.FIELDS)
        register_flow(lifecycle.FLOW, url=addresses.release)
        for provider in (*BUILT_IN, SCORES):
            register_provider(provider)
        register(NavItem(SECTION, "绩效公开", "disclosure:list", permissions.VIEW, "book", 80))
