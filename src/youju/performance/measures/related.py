"""What this room has of a project's targets."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse


def of_project(key: str, words: Mapping[str, str]) -> str | None:
    """The measured values of a project's rows; ``words`` name the year and the project's code."""
    del key
    if not words.get("year", "").isdecimal() or not words.get("code"):
        return None
    return reverse("measures:project", args=[int(words["year"]), words["code"]])
