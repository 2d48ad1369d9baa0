"""What each action of this room asks for, by name; who holds it stands in the identity room."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

APPLY = Permission.CLAIMS_OWN
VIEW_CLAIMS = Permission.CLAIMS_VIEW
REVIEW = Permission.CLAIMS_REVIEW
RECHECK = Permission.CLAIMS_RECHECK
PUBLICISE = Permission.CLAIMS_PUBLICISE
AWARD = Permission.CLAIMS_AWARD
EXPORT_CLAIMS = Permission.CLAIMS_EXPORT
REQUEST_PAYMENT = Permission.PAYMENTS_REQUEST


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
