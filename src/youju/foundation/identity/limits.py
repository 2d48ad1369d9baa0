"""The house's values for login and passwords, in force today; they stand in policies/foundation/identity/."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from youju.foundation.kernel.clock import today
from youju.foundation.policies import law_on
from youju.rules.law import names, table, whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_ROOM = "foundation.identity."


def _today(name: str) -> int:
    return whole(law_on(today()), _ROOM + name)


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


def code_window() -> int:
    """How many time steps (30 seconds) a one-time password may be off, each way."""
    return _today("code_window")


def recovery_codes() -> int:
    """How many recovery codes a user gets."""
    return _today("recovery_codes")


def second_step_time() -> timedelta:
    """How long a login may wait for its second step."""
    return timedelta(minutes=_today("second_step_minutes"))


def setup_time() -> timedelta:
    """How long a secret that was shown waits for its first code."""
    return timedelta(minutes=_today("setup_minutes"))


def code_failures() -> int:
    """How many wrong codes in a row close a second factor for the time of a lock-out."""
    return _today("code_failures")


def key_days() -> int:
    """How many days an API key lives at most."""
    return _today("key_days")


def request_days() -> int:
    """How many days the answer to a request with an idempotency key is kept."""
    return _today("request_days")


def needs_second_factor(user: User) -> bool:
    """Whether a role of the user asks for a second factor; demo accounts, whose password is public, are let off."""
    return not user.is_demo and not guarded_roles().isdisjoint(user.roles)


def guarded_roles() -> frozenset[str]:
    """The short codes of the roles that ask for a second factor."""
    return frozenset(names(law_on(today()), _ROOM + "second_factor_roles"))


def rates() -> dict[str, int]:
    """How many requests a minute: for each kind of request (``web.limiter`` names them)."""
    found = table(law_on(today()), _ROOM + "requests_per_minute")
    return {kind: int(str(limit)) for kind, limit in found.items()}


def sections() -> dict[str, str]:
    """The centre's sections (科室): code → name, in the order of the house's list."""
    found = table(law_on(today()), _ROOM + "sections")
    return {code: str(name) for code, name in found.items()}
