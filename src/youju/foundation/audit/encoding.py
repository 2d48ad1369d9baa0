"""What was before and what is after, as JSON text: one text for one state, and never a secret."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

from youju.foundation.kernel.json_text import SORTED, json_text

_SECRET_WORDS = ("password", "passwd", "secret", "token", "api_key", "private_key", "recovery_code")
_HARMLESS = ("must_change_password", "password_changed_at")


def encode(state: Mapping[str, Any] | None) -> str | None:
    """The state as JSON text with sorted keys; ``None`` stays ``None``.

    Raises:
        ValueError: a key names a secret; an audit trail is read by many and kept for good.
        TypeError: a value is of a kind that has no text of its own.
    """
    if state is None:
        return None
    _refuse_secrets(state)
    plain = _plain(state)
    try:
        return json_text(plain, options=SORTED)
    except TypeError:
        # A number of more than 64 bits, which the quick encoder refuses; the text is the same.
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs, before and after: the keys whose values are unlike, a missing one as ``None``."""
    keys = [key for key in dict.fromkeys([*before, *after]) if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return _readable(value)
    if kind is int or kind is bool or value is None:
        return value
    return _uncommon(value)


def _readable(text: str) -> str:
    # PostgreSQL's text holds no NUL; a file name from elsewhere may.
    return text.replace("\x00", "\N{SYMBOL FOR NULL}")


def _uncommon(value: Any) -> Any:
    result: Any
    if isinstance(value, Enum):
        result = _plain(value.value)
    elif isinstance(value, int | str):
        result = _readable(value) if isinstance(value, str) else value
    elif isinstance(value, Decimal):
        result = format(value, "f")
    elif isinstance(value, datetime | date | time):
        result = value.isoformat()
    elif isinstance(value, timedelta):
        result = value.total_seconds()
    elif isinstance(value, UUID):
        result = str(value)
    elif isinstance(value, bytes):
        result = value.hex()
    elif isinstance(value, float):
        result = repr(value)
    elif isinstance(value, Mapping):
        result = {str(_plain(key)): _plain(each) for key, each in value.items()}
    elif isinstance(value, set | frozenset):
        result = sorted((_plain(each) for each in value), key=str)
    elif isinstance(value, list | tuple):
        result = [_plain(each) for each in value]
    else:
        raise TypeError(f"the audit trail cannot hold a {type(value).__name__}")
    return result


def _refuse_secrets(value: Any) -> None:
    if isinstance(value, Mapping):
        for key, each in value.items():
            if _names_a_secret(str(key)):
                raise ValueError(f"“{key}” looks like a secret; the audit trail must not hold it")
            _refuse_secrets(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            _refuse_secrets(each)


@lru_cache(maxsize=4096)
def _names_a_secret(key: str) -> bool:
    name = key.casefold()
    return name not in _HARMLESS and any(word in name for word in _SECRET_WORDS)
