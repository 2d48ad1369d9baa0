"""Who may what: the list of permissions (``named``), the table of who holds them (``held``), and the questions asked of both.

Services call ``require``; views carry ``web.guards.permission_required``; a test walks every address for
every role. To add a permission: a member in ``named``, its Chinese name, the roles that hold it in ``held``, and rows in
tests/web/permission_table.csv.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied

from youju.foundation.identity.permissions.bundles import EVERYONE
from youju.foundation.identity.permissions.held import ROLE_PERMISSIONS
from youju.foundation.identity.permissions.named import Permission
from youju.foundation.identity.roles import Role

__all__ = ["ROLE_PERMISSIONS", "Permission", "Role", "allowed", "permissions_of", "require", "roles_with"]


def permissions_of(user: Any) -> frozenset[Permission]:
    """Every permission of a ``User``: the union over its roles; none for an anonymous or inactive one."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset()
    return _of_roles(tuple(user.roles))


@cache
def _of_roles(codes: tuple[str, ...]) -> frozenset[Permission]:
    return EVERYONE.union(*(ROLE_PERMISSIONS[Role(code)] for code in codes))


def allowed(user: Any, permission: Permission) -> bool:
    """Whether the user holds the permission."""
    return permission in permissions_of(user)


def require(user: Any, permission: Permission) -> None:
    """Stop a service that the user may not call.

    Raises:
        PermissionDenied: with a Chinese sentence; the web answers 403.
    """
    if not allowed(user, permission):
        raise PermissionDenied(f"您的账号没有“{permission.label}”的权限，如工作需要请联系系统管理员。")


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """The roles that hold a permission, in the order of the enum."""
    return tuple(role for role in Role if permission in ROLE_PERMISSIONS[role])
