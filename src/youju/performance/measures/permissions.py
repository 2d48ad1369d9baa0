"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.MEASURES_VIEW
BIND = Permission.MEASURES_BIND
APPROVE = Permission.MEASURES_APPROVE
ATTEST = Permission.MEASURES_ATTEST
COUNTERSIGN = Permission.MEASURES_COUNTERSIGN
EXPORT = Permission.MEASURES_EXPORT
FREEZE = Permission.METRICS_FREEZE


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
