"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.CREDIT_VIEW
OWN = Permission.CREDIT_OWN
SCORE = Permission.CREDIT_SCORE
APPEAL = Permission.CREDIT_APPEAL
DECIDE = Permission.CREDIT_DECIDE
PUBLISH = Permission.CREDIT_PUBLISH
SIMULATE = Permission.CREDIT_SIMULATE
EXPORT = Permission.CREDIT_EXPORT


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
