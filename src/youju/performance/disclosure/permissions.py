"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.DISCLOSURE_VIEW
PREPARE = Permission.DISCLOSURE_PREPARE
PUBLISH = Permission.DISCLOSURE_PUBLISH
EXPORT = Permission.DISCLOSURE_EXPORT


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
