"""What the modules of checks share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from youju.rules.law import PolicyValue

LawOf: TypeAlias = Mapping[str, PolicyValue]

MODE_DAY = date(2014, 7, 1)
"""From when market procurement trade exists as a supervision mode of its own (公告 2014 年第 54 号)."""
HOUSE_DAY = date(2020, 1, 1)
"""From when the house's own checks hold."""
