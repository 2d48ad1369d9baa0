"""Who may be charged with a task, looked up by username."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.selectors import user_named
from youju.foundation.kernel.errors import InputError
from youju.office.tasks import permissions

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def doer(username: str) -> User | None:
    """The account that is to do a task; nobody for an empty name.

    Raises:
        InputError: there is no such open account, or it may not do tasks.
    """
    return _able(username, permissions.DO, "办理人")


def acceptor(username: str) -> User | None:
    """The account that is to accept it; nobody for an empty name: whoever may.

    Raises:
        InputError: there is no such open account, or it may not accept tasks.
    """
    return _able(username, permissions.ACCEPT, "验收人")


def _able(username: str, permission: Permission, where: str) -> User | None:
    if not username:
        return None
    found = user_named(username)
    if found is None or not allowed(found, permission):
        raise InputError(
            f"没有“{username[:40]}”这个账号，或者它没有“{permission.label}”的权限",
            where=where,
            how="请另选一位",
        )
    return found
