"""The room of tracing, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class TracingConfig(AppConfig):
    """From a declared line to the stall, and from the stall on (来源可溯)."""

    name = "youju.trade.tracing"
    label = "tracing"
    verbose_name = "来源追溯"

    def ready(self) -> None:
        """Name the records for the trail, the labels for documents, enter the navigation."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.shell.navigation import NavItem, register
        from youju.trade.tracing import addresses, events, permissions
        from youju.trade.tracing.documents.labels import LABELS

        register_kind(events.CODE_KIND, "溯源码", url=addresses.code, fields=events.FIELDS)
        register_kind(events.CONSENT_KIND, "公开摊位", fields=events.FIELDS)
        register_kind(events.CHAIN_KIND, "货物来源", url=addresses.chain_of, fields=events.FIELDS)
        register_kind(events.LABELS_KIND, "溯源标签", url=addresses.labels, fields=events.FIELDS)
        register_template(LABELS)
        register(NavItem("市场采购", "来源追溯", "tracing:search", permissions.VIEW, "search", 96))
