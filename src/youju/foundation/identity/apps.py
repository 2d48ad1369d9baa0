"""The identity room: who may come in, and what each role may do."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Registers the room under the label that ``AUTH_USER_MODEL`` names."""

    name = "youju.foundation.identity"
    label = "identity"
    verbose_name = "身份与权限"

    def ready(self) -> None:
        """Add the room's entries to the left navigation."""
        from youju.foundation.identity.permissions import Permission
        from youju.foundation.shell.navigation import NavItem, register

        register(NavItem("系统", "用户", "identity:users", Permission.USERS_VIEW, "users", 10))
