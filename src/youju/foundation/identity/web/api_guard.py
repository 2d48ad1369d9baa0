"""The guard of API endpoints: ``@router.get(..., auth=Needs(Permission.TARGETS_VIEW))``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import APIKeyCookie

from youju.foundation.identity import services
from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.limiter import bearer, place_of, weigh, window
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.context import become
from youju.foundation.shell.addresses import client_address

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


class Needs(APIKeyCookie):
    """Let in who holds the permission: a user of a session, or a program with an API key in ``Authorization: Bearer``.

    401 without either, 403 without the permission, 429 too often. A session that changes something needs the CSRF token
    in ``X-CSRFToken``; a key, which no browser sends by itself, does not.
    """

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, permission: Permission) -> None:
        self.required_permission = permission
        super().__init__(csrf=True)

    def __call__(self, request: HttpRequest) -> Any:
        """The user, or ``None`` (401)."""
        presented = bearer(request)
        return self._by_key(request, presented) if presented else super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:  # noqa: ARG002
        """The user of the session, or ``None`` (401) for a visitor."""
        if not request.user.is_authenticated:
            return None
        if not allowed(request.user, self.required_permission):
            raise HttpError(403, f"您的账号没有“{self.required_permission.label}”的权限。")
        return request.user

    def _by_key(self, request: HttpRequest, presented: str) -> User | None:
        """Its owner. Counted by the key that was proved, else by the place: what is only claimed may be made up."""
        found = services.entered(presented, client_address(request), window())
        if found is None:
            weigh("login", f"key:{place_of(request)}")
            return None
        key = found.key
        weigh("api", f"k{key.pk}", found.hits)
        # The owner's permissions as they are now, narrowed by the key's scopes.
        if self.required_permission not in key.scopes:
            raise HttpError(403, f"这把接口密钥的范围里没有“{self.required_permission.label}”。")
        if not allowed(key.owner, self.required_permission):
            raise HttpError(403, f"密钥所代表的账号没有“{self.required_permission.label}”的权限。")
        request.user = key.owner
        become(**who(key.owner))
        return key.owner


class NeedsAny(Needs):
    """As ``Needs``, for an endpoint that two kinds of people reach by different permissions: the first that lets in counts."""

    def __init__(self, *permissions: Permission) -> None:
        super().__init__(permissions[0])
        self.permissions = permissions

    def __call__(self, request: HttpRequest) -> Any:
        """The user, or ``None`` (401)."""
        for permission in self.permissions[1:]:
            try:
                return Needs(permission)(request)
            except HttpError as refused:
                if refused.status_code != 403:
                    raise
        return Needs(self.permissions[0])(request)
