"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.INTERNAL_AUDITS_VIEW
PLAN = Permission.INTERNAL_AUDITS_PLAN
APPROVE = Permission.INTERNAL_AUDITS_APPROVE
FIND = Permission.INTERNAL_AUDITS_FIND
RECTIFY = Permission.INTERNAL_AUDITS_RECTIFY
VERIFY = Permission.INTERNAL_AUDITS_VERIFY
EXPORT = Permission.INTERNAL_AUDITS_EXPORT


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
