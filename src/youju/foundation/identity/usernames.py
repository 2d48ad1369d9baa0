"""The one form of a username."""

from __future__ import annotations

USERNAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{1,31}$"


def normalise_username(username: str) -> str:
    """A username as it is stored: no white space around it, lower case."""
    return username.strip().lower()
