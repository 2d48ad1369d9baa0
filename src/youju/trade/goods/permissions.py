"""What each action of this room asks for, by name; who holds it stands in the identity room."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW_TARIFF = Permission.TARIFF_VIEW
MANAGE_TARIFF = Permission.TARIFF_MANAGE
VIEW = Permission.GOODS_VIEW
EDIT = Permission.GOODS_EDIT
RECOGNISE = Permission.GOODS_RECOGNISE
TRY = Permission.GOODS_TRY
EXPORT = Permission.GOODS_EXPORT
OVERSEE = Permission.GOODS_OVERSEE


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)
