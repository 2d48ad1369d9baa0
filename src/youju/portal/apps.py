"""The portal as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Has no tables."""

    name = "youju.portal"
    label = "portal"
    verbose_name = "门户"

    def ready(self) -> None:
        """Add the entries of the left navigation, those of the identity room included: it has none of its own."""
        from youju.foundation.identity.permissions import Permission
        from youju.foundation.shell.context import register_help
        from youju.foundation.shell.navigation import NavItem, register
        from youju.office.events.services.standing import register_standing
        from youju.portal.chapters import help_address
        from youju.portal.standing import is_suspended

        register_standing(is_suspended)
        register_help(help_address)
        register(
            NavItem("总览", "首页", "portal:home", Permission.HOME_VIEW, "home", 10),
            NavItem("依据", "规则", "portal:rules", Permission.REFERENCE_VIEW, "scales", 10),
            NavItem("依据", "政策值", "portal:policies", Permission.REFERENCE_VIEW, "book", 20),
            NavItem("系统", "用户", "identity:users", Permission.USERS_VIEW, "users", 10),
            NavItem("系统", "单位", "identity:organisations", Permission.USERS_VIEW, "building", 20),
            NavItem("系统", "界面样式", "portal:style", Permission.STYLE_VIEW, "palette", 90),
        )
