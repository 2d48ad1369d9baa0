"""Lock-out after failed logins, on django-axes: three counts, each with a limit, and when the lock ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.db.models import QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from youju.foundation.identity import limits

# The order of ``limits.lockout_limits``.
PARAMETERS: list[str | list[str]] = [["username", "ip_address"], "username", "ip_address"]


def cool_off(*_: Any) -> timedelta:
    """For ``AXES_COOLOFF_TIME``: how long a failure counts."""
    return limits.lockout_time()


def failure_limit(*_: Any) -> int:
    """For ``AXES_FAILURE_LIMIT``: the limit of the narrowest count; ``Lockout`` weighs the others."""
    return limits.lockout_limits()[0]


class Lockout(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts the failures of a username at an address, of the username, and of the address.

    django-axes knows one limit for all counts. A count of a wider kind that reached its own limit is
    therefore reported as the narrow limit, else as nothing.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The failures that weigh against ``failure_limit``."""
        totals = [_total(attempts) for attempts in self.get_user_attempts(request, credentials)]
        narrow = limits.lockout_limits()[0]
        over = any(total >= limit for total, limit in zip(totals, limits.lockout_limits(), strict=True))
        return max(totals[0], narrow) if over else totals[0]

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """After a success forget only this username's failures at this address.

        Forgetting the wider counts too would let anyone with an account wipe the trace of guesses at others'.
        """
        deleted, _ = self.filter_user_attempts(request, credentials)[0].delete()
        return int(deleted)


def locked_until(username: str, address: str | None) -> datetime | None:
    """When the lock on a username at an address ends; ``None`` if it isn't locked.

    Args:
        username: as stored.
        address: the client's IP address; ``None`` looks at the username's own count and its worst address.
    """
    since = timezone.now() - limits.lockout_time()
    recent = AccessAttempt.objects.filter(attempt_time__gte=since)
    pair, user, place = limits.lockout_limits()
    of_user = recent.filter(username=username)
    addresses = [address] if address else sorted(set(of_user.values_list("ip_address", flat=True)), key=str)
    ends = [_release(of_user, user)]
    ends += [_release(of_user.filter(ip_address=each), pair) for each in addresses]
    if address:
        ends.append(_release(recent.filter(ip_address=address), place))
    return max((end for end in ends if end), default=None)


def unlock(username: str) -> int:
    """Forget every failure of a username; returns how many records went."""
    deleted, _ = AccessAttempt.objects.filter(username=username).delete()
    return int(deleted)


def locked_usernames() -> set[str]:
    """The usernames that are locked somewhere now."""
    since = timezone.now() - limits.lockout_time()
    recent = AccessAttempt.objects.filter(attempt_time__gte=since, username__isnull=False).order_by()
    pair, user, _ = limits.lockout_limits()
    counts = ((("username", "ip_address"), pair), (("username",), user))
    return {
        row["username"]
        for keys, limit in counts
        for row in recent.values(*keys).annotate(total=Sum("failures_since_start")).filter(total__gte=limit)
    }


def _total(attempts: QuerySet[AccessAttempt]) -> int:
    return sum(attempts.values_list("failures_since_start", flat=True))


def _release(attempts: QuerySet[AccessAttempt], limit: int) -> datetime | None:
    """When enough of the failures have grown old for the count to fall below its limit."""
    rows = list(attempts.order_by("attempt_time").values_list("attempt_time", "failures_since_start"))
    left = sum(failures for _, failures in rows)
    end = None
    for when, failures in rows:
        if left < limit:
            break
        left -= failures
        end = when + limits.lockout_time()
    return end
