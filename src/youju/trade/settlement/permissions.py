"""Which permission each part of this room asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.roles import Role

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

VIEW = Permission.SETTLEMENT_VIEW
RECORD = Permission.SETTLEMENT_RECORD
RESERVE = Permission.SETTLEMENT_RESERVE
MATCH = Permission.SETTLEMENT_MATCH
IMPORT = Permission.SETTLEMENT_IMPORT
EXPORT = Permission.SETTLEMENT_EXPORT


def actor_of(request: HttpRequest) -> User:
    """Who asks; behind a guard that is always a user."""
    return cast("User", request.user)


def is_bank(user: User) -> bool:
    """Whether the user acts for a settlement bank."""
    return Role.BNK in user.roles


def inside(user: User) -> bool:
    """Whether the user works at the centre: receipts of anybody are its business."""
    return bool({Role.STF, Role.HED} & set(user.roles))
