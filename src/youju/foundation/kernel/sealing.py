"""Fields that only the application can read: encrypted in the database, opened when shown or used.

The keys come from ``YOUJU_FIELD_KEY`` (several, separated by commas, the first seals and all open) or from a secret of this
installation. Whoever has a copy of the database alone reads none of them.

A sealed field that must be found again has a fingerprint beside it: a keyed hash, its key derived from the first of the keys.
While keys are exchanged, ask for ``fingerprints``: one under each present key. ``youju users rotate-keys`` seals anew and takes
the fingerprints anew with the first key; rooms above ``identity`` take part through ``register_sealed``.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.secret_files import ensure_secret

_SHORTEST = 32


def seal(text: str) -> str:
    """The text sealed with the first key; ASCII."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text.

    Raises:
        InputError: no key opens it: the keys of this installation were lost or exchanged.
    """
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise InputError(
            "加密保存的内容打不开",
            where="环境变量 YOUJU_FIELD_KEY",
            how="请把当时的密钥也列在这个变量里（用逗号分开）",
            status=500,
        ) from error


def reseal(sealed: str) -> str:
    """The same text sealed with the first key, whichever key sealed it before.

    Raises:
        InputError: no key opens it.
    """
    return seal(unseal(sealed))


def fingerprint(text: str, purpose: str) -> str:
    """A keyed hash of the text under the first key, 64 hex digits; nobody without the key finds the text by trying all.

    ``purpose`` sets apart what is hashed: the same digits as a telephone and as a passport give two fingerprints.
    """
    return fingerprints(text, purpose)[0]


def fingerprints(text: str, purpose: str) -> tuple[str, ...]:
    """The text's fingerprint under each present key, the first one's first: what to look for while keys are exchanged."""
    message = f"{purpose}\0{text}".encode()
    return tuple(hmac.new(_fingerprint_key(part), message, "sha256").hexdigest() for part in _parts(_keys()))


_sealed_elsewhere: dict[str, Callable[[], int]] = {}


def register_sealed(code: str, reseal_all: Callable[[], int]) -> None:
    """Make sealed fields of a room known to the exchange of keys; call it in ``AppConfig.ready``.

    Args:
        code: ``room.thing``; a second one of the code replaces the first.
        reseal_all: seals every field anew (and takes its fingerprint anew) inside the running transaction; how many.
    """
    _sealed_elsewhere[code] = reseal_all


def registered_sealed() -> tuple[tuple[str, Callable[[], int]], ...]:
    """Every registered ``reseal_all`` by its code."""
    return tuple(sorted(_sealed_elsewhere.items(), key=lambda pair: pair[0]))


def _keys() -> str:
    return os.environ.get("YOUJU_FIELD_KEY") or ensure_secret("field_key")


def _box() -> MultiFernet:
    return _box_of(_keys())


@lru_cache(maxsize=16)
def _fingerprint_key(part: str) -> bytes:
    # Not the key that seals: one that is derived from the same secret and gives nothing away about it.
    return hmac.new(part.encode(), b"youju fingerprint", "sha256").digest()


@lru_cache(maxsize=8)
def _parts(keys: str) -> tuple[str, ...]:
    """The keys one by one, as they were written.

    Raises:
        InputError: none, or one that is too short.
    """
    parts = tuple(part.strip() for part in keys.split(",") if part.strip())
    if not parts or any(len(part) < _SHORTEST for part in parts):
        raise InputError(
            f"加密密钥至少要 {_SHORTEST} 个字符", where="环境变量 YOUJU_FIELD_KEY", how="请用更长的随机文字"
        )
    return parts


@lru_cache(maxsize=8)
def _box_of(keys: str) -> MultiFernet:
    # Fernet wants 32 bytes: any long enough text becomes a key.
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(part.encode()).digest())) for part in _parts(keys)]
    )
