"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.PAYMENTS_VIEW
REQUEST = Permission.PAYMENTS_REQUEST
SEND = Permission.PAYMENTS_SEND
ACCEPT = Permission.PAYMENTS_ACCEPT
UNMASK = Permission.PAYMENTS_UNMASK
EXPORT = Permission.PAYMENTS_EXPORT
PROGRESS = Permission.FUNDS_VIEW
PROGRESS_EXPORT = Permission.FUNDS_EXPORT


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
