"""Where surveys are shown, and where tokens lead."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

_DIGITS = 18


def survey(key: str) -> str | None:
    """The page of a survey (``surveys.survey``)."""
    return _page("surveys:survey", key)


def result(key: str) -> str | None:
    """The result of a survey, by its key."""
    return _page("surveys:result", key)


def answering(base: str, token: str) -> str:
    """The address behind a token; upper case from host to end would print smaller, yet not every host allows it."""
    return f"{base}/s/{token}"


def public_base(here: str = "") -> str:
    """The host that codes lead to, without a slash at its end: ``YOUJU_PUBLIC_URL``, else where we are."""
    return (settings.PUBLIC_URL or here or "http://localhost:8000").rstrip("/")


def _page(name: str, key: str) -> str | None:
    return reverse(name, args=[int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
