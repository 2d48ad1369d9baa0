"""Pages about a project of the targets: this room's own for the rooms above and below, and those of the rooms below."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode


def table(key: str, words: Mapping[str, str]) -> str | None:
    """The table of targets of a project; ``words`` name the year and the project's code."""
    del key
    if not words.get("code"):
        return None
    return f"{reverse('targets:project', args=[words['code']])}?{urlencode({'year': words.get('year', '')})}"


def money(key: str, words: Mapping[str, str]) -> str | None:
    """The project's budget and what was paid of it."""
    del key
    return (
        f"{reverse('projects:projects')}?{urlencode({'text': words['code']})}" if words.get("code") else None
    )
