"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

_DIGITS = 18


def score(key: str) -> str | None:
    """The credit page of a party (``credit.score``)."""
    return _page("credit:party", key)


def snapshot(key: str) -> str | None:
    """A month's scores (``credit.snapshot``): ``2023-12``."""
    return f"{reverse('credit:list')}?month={key}" if key else None


def plea(key: str) -> str | None:
    """An appeal or a repair (``credit.appeal``, ``credit.repair``)."""
    return _page("credit:plea", key)


def public_list(key: str) -> str | None:
    """A publicity list (``credit.list``)."""
    return _page("credit:publicity-one", key)


def trial(key: str) -> str | None:
    """A trial (``credit.trial``)."""
    return _page("credit:trial", key)


def check(code: str, here: str = "") -> str:
    """Where a stranger checks a certificate; ``here``: our host where ``YOUJU_PUBLIC_URL`` is not set."""
    base = (settings.PUBLIC_URL or here or "http://localhost:8000").rstrip("/")
    return f"{base}{reverse('open_credit:check', args=[code])}"


def _page(name: str, key: str) -> str | None:
    return reverse(name, args=[int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
