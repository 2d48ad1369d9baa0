"""The house's bounds of imports, in force today. No framework: commands without a database read spreadsheets too."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from youju.foundation.policies import law_on
from youju.rules.law import whole


def limit(name: str) -> int:
    """A value of ``policies/foundation/imports/``."""
    return whole(law_on(datetime.now(ZoneInfo("Asia/Shanghai")).date()), f"foundation.imports.{name}")
