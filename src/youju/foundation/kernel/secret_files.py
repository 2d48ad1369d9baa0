"""Secrets that the product makes for itself: one file each below ``var/secrets``, for its own account only."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from youju.foundation.kernel import places


def _file(name: str) -> Path:
    return places.var() / "secrets" / name


def read_secret(name: str) -> str:
    """The secret's text, or an empty string where it has not been made."""
    try:
        return _file(name).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def write_secret(name: str, value: str) -> None:
    """Keep a secret, readable by this account alone; an interrupted write leaves the old one."""
    _fresh(name, value).replace(_file(name))


def ensure_secret(name: str) -> str:
    """The secret's text; made on first use (64 characters, 384 random bits). Two that make it at once keep one."""
    if not (found := read_secret(name)):
        fresh = _fresh(name, secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(fresh, _file(name))
        fresh.unlink()
        found = read_secret(name)
    return found


def _fresh(name: str, value: str) -> Path:
    path = _file(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.chmod(0o700)
    fresh = path.with_name(f"{name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
    ) as file:
        file.write(value + "\n")
        file.flush()
        os.fsync(file.fileno())
    return fresh
