"""What the administrator at the machine does with accounts when nobody can log in to do it on the page.

There is no acting user and so no permission to ask for: whoever may run these commands rules the database anyway. Each deed is
on the trail under the machine's account. Only commands may call these services.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from youju.foundation.audit.services import record_read
from youju.foundation.identity import events, selectors
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.identity.selectors import AccountLine
from youju.foundation.identity.services.accounts import (
    Change,
    lock_admins,
    renew_password,
    save_account,
    snapshot,
)
from youju.foundation.identity.services.second_factor import take_factor_away
from youju.foundation.identity.usernames import normalise_username
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject

ACCOUNT_LIST = Subject("identity.user", "all", "账号清单")


@transaction.atomic
def list_accounts(*, text: str = "", role: str = "", state: str = "") -> Sequence[AccountLine]:
    """The accounts by username, as ``selectors.accounts`` narrows them; that the list was taken is on the trail.

    Raises:
        InputError: no such role or state.
    """
    _require_machine()
    for value, known, where in (
        (role, [each.value for each in Role], "--role"),
        (state, selectors.USER_STATES, "--state"),
    ):
        if value and value not in known:
            raise InputError(f"不认识“{value}”", where=where, how=f"可选 {'、'.join(known)}")
    lines = selectors.accounts(text=_typed(text), role=role, state=state)
    wishes = (("text", _typed(text)), ("role", role), ("state", state))
    wish = [f"{name}={value}" for name, value in wishes if value]
    record_read(events.LIST_EXPORTED, ACCOUNT_LIST, fields=[f"{len(lines)} 个账号", *wish])
    return lines


@transaction.atomic
def open_account(*, username: str, is_active: bool, reason: str = "") -> Change | None:
    """Let an account log in, or no longer; its sessions end then. ``None`` where it stood so already.

    Raises:
        InputError: no such account (404), or it is the last administrator (409).
    """
    _require_machine()
    admins = lock_admins()
    user = _named(username)
    if user.is_active is is_active:
        return None
    before = snapshot(user)
    user.is_active = is_active
    return save_account(user, before, admins, _typed(reason))


@transaction.atomic
def renew_lost_password(*, username: str, reason: str = "") -> Change:
    """A new initial password for an account, the last administrator's too; its sessions end, its lock opens.

    Raises:
        InputError: no such account (404), or a demo account (409).
    """
    _require_machine()
    return renew_password(_named(username), _typed(reason))


@transaction.atomic
def forget_lost_factor(*, username: str, reason: str) -> User:
    """Take a lost device away from an account, the last administrator's too; its sessions end.

    Raises:
        InputError: no such account (404), no reason (422), or nothing to reset (409).
    """
    _require_machine()
    user = _named(username)
    take_factor_away(user, _typed(reason))
    return user


def _require_machine() -> None:
    if current().channel != "command":
        raise RuntimeError("without an acting user, accounts change from the command line alone")


def _named(username: str) -> User:
    rows = User.objects.select_for_update(of=("self",)).select_related("organisation")
    name = _typed(username)
    user = rows.filter(username=normalise_username(name)).first()
    if user is None:
        raise InputError(f"没有用户名为“{name}”的账号", how="请用 youju users list 查看全部账号", status=404)
    return user


def _typed(text: str) -> str:
    """Words of a command line, which may hold bytes that are no UTF-8, as the database takes them; on one line."""
    return " ".join(text.encode(errors="replace").decode().split())
