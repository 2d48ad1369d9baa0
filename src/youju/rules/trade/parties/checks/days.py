"""The day from which the rules of a filing are in force, and what they are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.law import PolicyValue

LawOf = Mapping[str, PolicyValue]

FIRST_DAY = date(2020, 1, 1)
"""海关总署公告 2019 年第 221 号 is in force from this day."""
