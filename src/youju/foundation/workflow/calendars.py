"""The law's fixed holidays in force today, for counting working days in a year whose notice is not published."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.law import names


def fixed_holidays() -> frozenset[str]:
    """Days as ``05-01``."""
    return frozenset(names(law_on(timezone.localdate()), "foundation.workflow.fixed_holidays"))
