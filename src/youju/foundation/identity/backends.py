"""Who a username and a password belong to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from youju.foundation.identity.installation import mode_beside, with_mode
from youju.foundation.identity.models import Installation, User
from youju.foundation.identity.usernames import normalise_username

_known: ContextVar[User | None] = ContextVar("youju_known_user", default=None)


@contextmanager
def known(user: User | None) -> Iterator[None]:
    """Within the block, this user's row has just been read, as ``PasswordBackend.get_user`` reads one."""
    token = _known.set(user)
    try:
        yield
    finally:
        _known.reset(token)


class PasswordBackend(BaseBackend):
    """Checks a password; lock-out stands before it in ``AUTHENTICATION_BACKENDS``."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django passes it
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> User | None:
        """The user, or ``None`` for any reason: the visitor learns no more than that it failed."""
        if username is None or password is None:
            return None
        user = User.objects.filter(username=normalise_username(username)).first()
        if user is None:
            # As much work as for a known name, so that the time taken doesn't tell which names exist.
            User().set_password(password)
            return None
        return user if user.check_password(password) and may_log_in(user) else None

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, while the account is open."""
        user = _known.get()
        if user is None or user.pk != user_id:
            rows = with_mode(User.objects.select_related("organisation", "second_factor"))
            user = rows.filter(pk=user_id).first()
        return user if user is not None and may_log_in(user) else None


def may_log_in(user: User) -> bool:
    """Whether a person may come in by the account: it is open and not a service account."""
    return may_act(user) and not user.is_service


def may_act(user: User) -> bool:
    """Whether the account is open: active, and if it is a demo account, beside demo data."""
    return user.is_active and (not user.is_demo or mode_beside(user) is Installation.Mode.DEMO)
