"""The house's bounds of imports, in force today."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.law import whole


def limit(name: str) -> int:
    """A value of ``policies/foundation/imports/``."""
    return whole(law_on(timezone.localdate()), f"foundation.imports.{name}")
