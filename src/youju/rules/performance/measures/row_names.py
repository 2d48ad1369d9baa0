"""How a row is recognised again in the next version of its document."""

from __future__ import annotations

import hashlib

from youju.rules.performance.targets.facts import Indicator

_LENGTH = 16


def name_hash(indicator: Indicator) -> str:
    """Sixteen hexadecimal digits over the row's levels; value and basis may change without its becoming another row."""
    text = "\n".join(part.strip() for part in (indicator.level1, indicator.level2, indicator.level3))
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
