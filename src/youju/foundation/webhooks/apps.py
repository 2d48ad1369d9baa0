"""The room of webhooks, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Webhooks (状态通知)."""

    name = "youju.foundation.webhooks"
    label = "webhooks"
    verbose_name = "状态通知"

    def ready(self) -> None:
        """Enter the navigation, put the flow into force, name the records for the trail, take part in exchanges of keys."""
        from django.urls import reverse

        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.kernel.sealing import register_sealed
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.webhooks import events, permissions, services
        from youju.foundation.workflow.services import register_flow
        from youju.rules.webhooks.lifecycle import ENDPOINT_FLOW

        def page(key: str) -> str | None:
            return reverse("webhooks:endpoint", args=[int(key)]) if key.isdigit() else None

        register_kind(events.KIND, "接收地址", url=page, fields=events.FIELDS)
        register_flow(ENDPOINT_FLOW, url=page)
        register_sealed("webhooks.endpoint", services.reseal_all)
        register(NavItem("系统", "状态通知", "webhooks:endpoints", permissions.MANAGE, "flag", 36))
