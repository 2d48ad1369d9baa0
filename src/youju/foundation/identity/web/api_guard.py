"""The guard of API endpoints: ``@router.get(..., auth=Needs(Permission.TARGETS_VIEW))``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import APIKeyCookie

from youju.foundation.identity.permissions import Permission, allowed

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


class Needs(APIKeyCookie):
    """Let users of a session in who hold the permission: 401 without a login, 403 without the permission.

    A request that changes something needs the CSRF token in ``X-CSRFToken``.
    """

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, permission: Permission) -> None:
        self.required_permission = permission
        super().__init__(csrf=True)

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:  # noqa: ARG002
        """The user, or ``None`` (401) for a visitor."""
        if not request.user.is_authenticated:
            return None
        if not allowed(request.user, self.required_permission):
            raise HttpError(403, f"您的账号没有“{self.required_permission.label}”的权限。")
        return request.user
