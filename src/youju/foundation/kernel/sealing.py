"""Fields that only the application can read: encrypted in the database, opened when shown or used.

The keys come from ``YOUJU_FIELD_KEY`` (several, separated by commas, the first seals and all open) or from a secret of this
installation. Whoever has a copy of the database alone reads none of them.
"""

from __future__ import annotations

import base64
import hashlib
import os
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


def _box() -> MultiFernet:
    return _box_of(os.environ.get("YOUJU_FIELD_KEY") or ensure_secret("field_key"))


@lru_cache(maxsize=8)
def _box_of(keys: str) -> MultiFernet:
    parts = [part.strip() for part in keys.split(",") if part.strip()]
    if not parts or any(len(part) < _SHORTEST for part in parts):
        raise InputError(
            f"加密密钥至少要 {_SHORTEST} 个字符", where="环境变量 YOUJU_FIELD_KEY", how="请用更长的随机文字"
        )
    # Fernet wants 32 bytes: any long enough text becomes a key.
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(part.encode()).digest())) for part in parts]
    )
