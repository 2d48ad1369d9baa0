"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.ORDERS_VIEW
EDIT = Permission.ORDERS_EDIT
CONFIRM = Permission.ORDERS_CONFIRM
IMPORT = Permission.ORDERS_IMPORT
EXPORT = Permission.ORDERS_EXPORT
PURCHASES = Permission.ORDERS_VIEW_OWN_PURCHASES
RATES = Permission.RATES_MANAGE
STALLS = (Permission.PARTIES_VIEW, Permission.PARTIES_OWN)
"""Any of them opens the page of a stall."""


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
