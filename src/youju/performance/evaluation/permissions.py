"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.EVALUATION_VIEW
FILL = Permission.EVALUATION_FILL
CHECK = Permission.EVALUATION_CHECK
APPROVE = Permission.EVALUATION_APPROVE
RECHECK = Permission.EVALUATION_RECHECK
SCORE = Permission.EVALUATION_SCORE
EXPORT = Permission.EVALUATION_EXPORT


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
