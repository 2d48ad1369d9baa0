"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def version(key: str) -> str | None:
    """The page of a version (``targets.set``)."""
    return reverse("targets:version", args=[int(key)]) if key.isdigit() else None


def project(key: str) -> str | None:
    """The page of a project table (``targets.project``), whose key is version and code."""
    number, _, code = key.partition(":")
    if not (number.isdigit() and code):
        return None
    return reverse("targets:project", args=[code]) + "?" + urlencode({"set": number})


def preview(key: str) -> str | None:
    """The page of an upload that waits (``targets.preview``)."""
    return reverse("targets:import-preview", args=[key])
