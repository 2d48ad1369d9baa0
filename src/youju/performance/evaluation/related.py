"""What this room has of a project's targets."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode


def of_project(key: str, words: Mapping[str, str]) -> str | None:
    """The self-evaluations of a project; ``words`` name its code."""
    del key
    return f"{reverse('evaluation:list')}?{urlencode({'q': words['code']})}" if words.get("code") else None
