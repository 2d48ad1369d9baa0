"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.DECLARATIONS_VIEW
PLAN = Permission.DECLARATIONS_PLAN
SEND = Permission.DECLARATIONS_SEND
SUPERVISE = Permission.DECLARATIONS_SUPERVISE
EXPORT = Permission.DECLARATIONS_EXPORT
REPLY = Permission.DECLARATIONS_REPLY
ORDERS = Permission.ORDERS_VIEW
"""Who is led on to the orders; a broker sees what is declared of them, not them."""


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
