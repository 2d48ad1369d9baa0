"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission, allowed

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.SUBSIDIES_VIEW
DRAFT = Permission.SUBSIDIES_DRAFT
REVIEW = Permission.SUBSIDIES_REVIEW
APPROVE = Permission.SUBSIDIES_APPROVE
BACKTEST = Permission.SUBSIDIES_BACKTEST
APPLY = Permission.CLAIMS_OWN
VIEW_CLAIMS = Permission.CLAIMS_VIEW
REVIEW_CLAIMS = Permission.CLAIMS_REVIEW
RECHECK = Permission.CLAIMS_RECHECK
PUBLICISE = Permission.CLAIMS_PUBLICISE
AWARD = Permission.CLAIMS_AWARD
EXPORT_CLAIMS = Permission.CLAIMS_EXPORT
REQUEST_PAYMENT = Permission.PAYMENTS_REQUEST
VIEW_PAYMENTS = Permission.PAYMENTS_VIEW


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)


def sees_drafts(user: User) -> bool:
    """Whether a user reads policies that are not issued: whoever of the centre may back-test them."""
    return allowed(user, BACKTEST)
