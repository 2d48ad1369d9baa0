"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.PACKING_VIEW
EDIT = Permission.PACKING_EDIT
EXPORT = Permission.PACKING_EXPORT
IMPORT = Permission.PACKING_IMPORT
DECLARED = Permission.DECLARATIONS_VIEW
"""Who is led on to what a packing became."""
ORDERS = Permission.ORDERS_VIEW
"""Who is led on to the orders."""


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
