"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.TRACING_VIEW
EXPORT = Permission.TRACING_EXPORT
LABEL = Permission.TRACING_LABEL
CONSENT = Permission.TRACING_CONSENT
ORDERS = Permission.ORDERS_VIEW
GOODS = Permission.GOODS_VIEW
PACKING = Permission.PACKING_VIEW
DECLARATIONS = Permission.DECLARATIONS_VIEW
PARTIES = Permission.PARTIES_VIEW
"""Who is led on from a node of the chain to its record."""


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
