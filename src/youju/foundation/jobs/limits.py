"""The house's values for jobs, in force today; they stand in policies/foundation/jobs/."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.law import whole

_ROOM = "foundation.jobs."


def _today(name: str) -> int:
    return whole(law_on(timezone.localdate()), name if "." in name else _ROOM + name)


def attempts(policy: str) -> int:
    """How often a job is tried at most; ``policy`` is the id that the job names."""
    return _today(policy)


def pause(failures: int) -> timedelta:
    """The pause after that many failures: doubled each time, up to the longest."""
    first, longest = _today("pause_seconds"), _today("longest_pause_seconds")
    return timedelta(seconds=min(longest, first * 2 ** min(max(failures, 1) - 1, 30)))


def stop_seconds() -> int:
    """How long a job may go on after the worker was told to stop."""
    return _today("stop_seconds")


def silent_seconds() -> int:
    """After how long without a sign a worker no longer counts as alive."""
    return _today("silent_seconds")


def keep_done() -> timedelta:
    """How long a run that was done or cancelled stays."""
    return timedelta(days=_today("keep_done_days"))


def keep_failed() -> timedelta:
    """How long a failed run stays."""
    return timedelta(days=_today("keep_failed_days"))
