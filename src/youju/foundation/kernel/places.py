"""Where things lie on disk. Everything the product writes goes under one folder, ``var/``."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
POLICIES = Path(os.environ.get("YOUJU_POLICIES", ROOT / "policies"))
DEMO = ROOT / "demo"


def var() -> Path:
    """The folder for data, logs, sockets and caches: ``YOUJU_VAR`` or ``var/`` beside the source."""
    return Path(os.environ.get("YOUJU_VAR", ROOT / "var")).resolve()
