"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.EVENTS_VIEW
EDIT = Permission.EVENTS_EDIT
IMPORT = Permission.EVENTS_IMPORT
EXPORT = Permission.EVENTS_EXPORT
UNMASK = Permission.EVENTS_UNMASK
OWN = Permission.EVENTS_OWN


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
