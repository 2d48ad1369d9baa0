"""The house's values for webhooks, in force today; they stand in policies/foundation/webhooks/."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.law import whole


def _today(name: str) -> int:
    return whole(law_on(timezone.localdate()), f"foundation.webhooks.{name}")


def attempts() -> int:
    """How often an event is sent at most."""
    return _today("attempts")


def pause(failures: int) -> timedelta:
    """The pause after that many failures: doubled each time, up to the longest."""
    doubled = _today("pause_seconds") * 2 ** min(max(failures, 1) - 1, 30)
    return timedelta(seconds=min(_today("longest_pause_seconds"), doubled))


def timeout() -> int:
    """Seconds until an answer must be there, connection included."""
    return _today("timeout_seconds")


def failing() -> timedelta:
    """After how long without one success an endpoint is stopped."""
    return timedelta(days=_today("failing_days"))


def rotation() -> timedelta:
    """How long the secret that was replaced signs as well."""
    return timedelta(hours=_today("rotation_hours"))


def keep() -> timedelta:
    """How long events stay in the outbox."""
    return timedelta(days=_today("keep_days"))


def endpoints() -> int:
    """How many endpoints an organisation may have."""
    return _today("endpoints")
