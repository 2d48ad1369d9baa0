"""The house's values for login and passwords, in force today; they stand in policies/foundation/identity/."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.law import whole

_ROOM = "foundation.identity."


def _today(name: str) -> int:
    return whole(law_on(timezone.localdate()), _ROOM + name)


def idle_time() -> timedelta:
    """How long a session may rest before it ends."""
    return timedelta(minutes=_today("idle_minutes"))


def session_lifetime() -> timedelta:
    """How long a session lives at most, however busy."""
    return timedelta(hours=_today("session_hours"))


def lockout_time() -> timedelta:
    """How long a lock-out lasts after the last failure that counts."""
    return timedelta(minutes=_today("lockout_minutes"))


def lockout_limits() -> tuple[int, int, int]:
    """Failures that lock: of a username at an address, of a username anywhere, of an address."""
    return _today("lockout_pair"), _today("lockout_user"), _today("lockout_address")


def password_length() -> int:
    """The least number of characters in a password."""
    return _today("password_length")


def password_history() -> int:
    """How many of a user's last passwords, the present one included, may not be taken again."""
    return _today("password_history")
