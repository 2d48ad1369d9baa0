"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.TASKS_VIEW
PLAN = Permission.TASKS_PLAN
DO = Permission.TASKS_DO
ACCEPT = Permission.TASKS_ACCEPT
IMPORT = Permission.TASKS_IMPORT
EXPORT = Permission.TASKS_EXPORT
UNMASK = Permission.TASKS_UNMASK
OWN = Permission.TASKS_OWN


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
