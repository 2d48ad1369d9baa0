"""Where things lie on disk. Everything the product writes goes under one folder, ``var/``."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
POLICIES = Path(os.environ.get("YOUJU_POLICIES", ROOT / "policies"))
DEMO = ROOT / "demo"


def var() -> Path:
    """The folder for data, logs, sockets and caches: ``YOUJU_VAR`` or ``var/`` beside the source."""
    named = os.environ.get("YOUJU_VAR", f"{ROOT}/var")
    return _resolved(named) if named.startswith("/") else Path(named).resolve()


@lru_cache(maxsize=16)
def _resolved(named: str) -> Path:
    return Path(named).resolve()
