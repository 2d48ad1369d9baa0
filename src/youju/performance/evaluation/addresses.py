"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

from django.urls import reverse

_DIGITS = 18


def self_evaluation(key: str) -> str | None:
    """The page of a self-evaluation (``evaluation.self``)."""
    return _page("evaluation:self", key)


def department(key: str) -> str | None:
    """The page of a department's year (``evaluation.department``), by the year."""
    return (
        f"{reverse('evaluation:department')}?year={key}" if key.isdecimal() and len(key) <= _DIGITS else None
    )


def key_evaluation(key: str) -> str | None:
    """The page of a key evaluation (``evaluation.key``)."""
    return _page("evaluation:key", key)


def _page(name: str, key: str) -> str | None:
    return reverse(name, args=[int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
