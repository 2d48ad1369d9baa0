"""Facts of the watch over operations, frozen. Values in CNY; days are calendar days of China."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from youju.rules.findings import Finding


@dataclass(frozen=True, slots=True)
class ValueCase:
    """What one subject (everything, a country, a category, a port) exported in a whole month and in the months compared."""

    subject: str
    label: str
    month: date
    value: Decimal
    year_value: Decimal
    before_value: Decimal


@dataclass(frozen=True, slots=True)
class MerchantCase:
    """When a merchant's goods were last released, in how many declarations before; ``judged_on`` is the day of judging."""

    subject: str
    label: str
    last_on: date
    declarations: int
    judged_on: date


@dataclass(frozen=True, slots=True)
class PortCase:
    """Declarations sent and neither released nor ended at a port: number → day of sending."""

    subject: str
    label: str
    sent: Mapping[str, date]
    judged_on: date


@dataclass(frozen=True, slots=True)
class ReleaseCase:
    """The day of the latest release; ``None`` where there never was one."""

    last_on: date | None
    judged_on: date


@dataclass(frozen=True, slots=True)
class ReplyCase:
    """Messages that went out to customs and wait for an answer: file or number → day of sending."""

    waiting: Mapping[str, date] = field(default_factory=dict)
    judged_on: date = date.min


@dataclass(frozen=True, slots=True)
class DistrictCase:
    """The latest month of which district statistics were imported; ``None`` where none was."""

    latest: date | None
    judged_on: date


def about(subject: str, period: str, message: str, suggestion: str) -> Finding:
    """A finding with what tells one alert from another: the subject and the period."""
    return Finding(message, suggestion, at={"subject": subject, "period": period})
