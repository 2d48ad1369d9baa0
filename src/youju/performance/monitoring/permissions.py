"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.MONITORING_VIEW
APPROVE = Permission.MONITORING_APPROVE
EDIT = Permission.MONITORING_EDIT
ORDER = Permission.MONITORING_ORDER
REPLY = Permission.MONITORING_REPLY
VERIFY = Permission.MONITORING_VERIFY
SUSPEND = Permission.MONITORING_SUSPEND
EXPORT = Permission.MONITORING_EXPORT


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
