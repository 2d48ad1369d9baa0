"""Sessions: which there are, ending them here and everywhere."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity import events
from youju.foundation.identity.devices import device_of
from youju.foundation.identity.models import LoginSession, User
from youju.foundation.identity.permissions import Permission, require
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject

_UNKNOWN = Subject("identity.user", "?", "没有这个账号")


@transaction.atomic
def note_login(*, user: User, key: str, address: str | None, agent: str) -> None:
    """A session began: list it and put it on the trail."""
    LoginSession.objects.update_or_create(
        key=key, defaults={"user": user, "address": address or "", "device": device_of(agent)}
    )
    with acting(actor=user.username, actor_name=user.display_name, organisation=user.organisation.code):
        record(events.LOGGED_IN, _subject(user), None, {"device": device_of(agent)})


@transaction.atomic
def note_logout(*, user: User, key: str) -> None:
    """A session was ended by its user."""
    LoginSession.objects.filter(key=key).delete()
    record(events.LOGGED_OUT, _subject(user))


@transaction.atomic
def note_timeout(*, user: User, key: str, why: str) -> None:
    """A session rested or lived too long and was ended."""
    LoginSession.objects.filter(key=key).delete()
    record(events.TIMED_OUT, _subject(user), reason=why)


@transaction.atomic
def note_refusal(*, username: str, what: str, locked_until: datetime | None = None) -> None:
    """A login failed; ``locked_until`` where this very failure locked the account.

    A name that no account has is not kept: people type their password into the wrong field, and the trail is for good.
    """
    user = User.objects.filter(username=username).first()
    subject = _subject(user) if user else _UNKNOWN
    record(events.LOGIN_FAILED, subject, reason=what)
    if locked_until:
        record(events.LOCKED_OUT, subject, None, {"until": locked_until})


@transaction.atomic
def end_session(*, actor: User, handle: str) -> None:
    """End one of one's own sessions, named by the handle that its page shows.

    Raises:
        InputError: it is no session of the actor (404).
    """
    require(actor, Permission.ACCOUNT_OWN)
    rows = LoginSession.objects.select_for_update().filter(user=actor)
    row = rows.filter(handle=handle).first() if _is_handle(handle) else None
    if row is None:
        raise InputError("没有这个登录", how="它可能已经结束，请刷新页面", status=404)
    _end([row.key])
    record(events.SESSIONS_ENDED, _subject(actor), {"device": row.device, "address": row.address}, None)


@transaction.atomic
def end_sessions(*, actor: User, user: User, but: str = "") -> int:
    """Log a user out everywhere, but for one session; how many ended. Others' sessions ask for the administrator.

    Raises:
        PermissionDenied: somebody else's, without the permission.
    """
    require(actor, Permission.ACCOUNT_OWN if actor.pk == user.pk else Permission.USERS_MANAGE)
    count = end_all(user, but=but)
    record(events.SESSIONS_ENDED, _subject(user), {"sessions": count}, {"sessions": 0})
    return count


def end_all(user: User, *, but: str = "") -> int:
    """End a user's sessions, inside the caller's transaction; how many."""
    keys = list(LoginSession.objects.filter(user=user).exclude(key=but).values_list("key", flat=True))
    _end(keys)
    return len(keys)


def session_moved(*, old: str, new: str) -> None:
    """A session goes on under another key: the list follows."""
    LoginSession.objects.filter(key=old).update(key=new)


def seen(key: str) -> None:
    """A session is used; called as seldom as the session itself is written."""
    LoginSession.objects.filter(key=key).update(seen_at=timezone.now())


def clear_sessions() -> int:
    """Forget sessions that have expired; how many. For the periodic job."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    alive = Session.objects.values("session_key")
    removed, _ = LoginSession.objects.exclude(key__in=alive).delete()
    return removed


def _is_handle(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _end(keys: Iterable[str]) -> None:
    keys = list(keys)
    Session.objects.filter(session_key__in=keys).delete()
    LoginSession.objects.filter(key__in=keys).delete()


def _subject(user: User) -> Subject:
    return Subject("identity.user", str(user.pk), f"{user.username}（{user.display_name}）")
