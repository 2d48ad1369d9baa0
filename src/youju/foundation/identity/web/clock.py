"""How long a session lives: it ends after rest (sliding) and after its whole lifetime (fixed)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from youju.foundation.identity import limits, services

Reason = Literal["", "idle", "lifetime"]
BEGAN, SEEN = "began", "seen"
# A busy user costs one write of the session in this time, not one for each page.
WRITE_AT_MOST = timedelta(minutes=1)


def start(session: SessionBase) -> None:
    """Note that a login began now."""
    session[BEGAN] = session[SEEN] = timezone.now().isoformat()


def check(session: SessionBase) -> Reason:
    """Why the session has ended, or an empty string after noting that it was used."""
    now = timezone.now()
    began, seen = _read(session, BEGAN), _read(session, SEEN)
    if began is None or seen is None:
        start(session)
        return ""
    if now - began >= limits.session_lifetime():
        return "lifetime"
    if now - seen >= limits.idle_time():
        return "idle"
    if now - seen >= WRITE_AT_MOST:
        session[SEEN] = now.isoformat()
        services.seen(session.session_key or "")
    return ""


def _read(session: SessionBase, key: str) -> datetime | None:
    text = session.get(key)
    return datetime.fromisoformat(text) if text else None
