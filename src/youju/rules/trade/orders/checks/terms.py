"""What the modules of checks share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from youju.rules.law import PolicyValue

LawOf: TypeAlias = Mapping[str, PolicyValue]

HOUSE_DAY = date(2020, 1, 1)
"""From when announcement 2019 No. 221 and the house's own checks hold; earlier orders are not registered here."""
