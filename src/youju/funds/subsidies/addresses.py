"""Where the records of this room are shown, by the keys that the trail keeps."""

from __future__ import annotations

from django.urls import reverse


def policy(key: str) -> str | None:
    """The page of a version of a policy (``subsidies.policy``)."""
    return _numbered("subsidies:policy", key)


def backtest(key: str) -> str | None:
    """The page of a back-test (``subsidies.backtest``)."""
    return _numbered("subsidies:backtest", key)


def _numbered(name: str, key: str) -> str | None:
    return reverse(name, args=[int(key)]) if key.isdecimal() and len(key) <= 18 else None
