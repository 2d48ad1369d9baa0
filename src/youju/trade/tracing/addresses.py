"""Where the chain of a record is shown, by the numbers that people know; other rooms' pages lead here by name."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def chain(kind: str, number: str) -> str:
    """The page that draws a chain, e.g. of kind ``order`` and number ``T230601000001``."""
    return reverse("tracing:chain", args=[kind, number])


def code(key: str) -> str | None:
    """The chain behind a code (``tracing.code``; the key is order and line)."""
    return chain("order", key) if key else None


def labels(key: str) -> str | None:
    """The labels of a record (``tracing.labels``; the key is ``kind/number``)."""
    kind, _, number = key.partition("/")
    return reverse("tracing:labels", args=[kind, number]) if number else None


def chain_of(key: str) -> str | None:
    """A chain that was exported (``tracing.chain``; the key is ``kind/number``)."""
    kind, _, number = key.partition("/")
    return chain(kind, number) if number else None


def public_base(here: str = "") -> str:
    """The host that codes and identifiers lead to, without a slash at its end: ``YOUJU_PUBLIC_URL``, else where we are.

    Codes are printed and identifiers are kept for good: an installation that others reach should name its host.
    """
    return (settings.PUBLIC_URL or here or "http://localhost:8000").rstrip("/")
