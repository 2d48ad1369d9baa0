"""When a periodic job is due: five-field cron expressions in local time."""

from __future__ import annotations

from datetime import datetime, timedelta

from croniter import croniter  # type: ignore[import-untyped]
from django.utils import timezone

_MOMENT = timedelta(microseconds=1)
_WEEKDAYS = "日一二三四五六"


def check_cron(cron: str) -> None:
    """Raise ``ValueError`` where the expression has not five fields or cannot be read."""
    if len(cron.split()) != 5 or not croniter.is_valid(cron):
        raise ValueError(f"not a cron expression of five fields: {cron!r}")


def slot_at(cron: str, moment: datetime) -> datetime:
    """The latest due time at or before an aware moment."""
    return _local(croniter(cron, timezone.localtime(moment + _MOMENT)).get_prev(datetime))


def next_slot(cron: str, moment: datetime) -> datetime:
    """The first due time after an aware moment."""
    return _local(croniter(cron, timezone.localtime(moment)).get_next(datetime))


def in_words(cron: str) -> str:
    """The expression in Chinese where it is of a usual form, else as it stands."""
    minute, hour, day, month, weekday = cron.split()
    if cron == "* * * * *":
        return "每分钟"
    if minute.startswith("*/") and (hour, day, month, weekday) == ("*",) * 4:
        return f"每 {minute[2:]} 分钟"
    if minute.isdigit() and (hour, day, month, weekday) == ("*",) * 4:
        return f"每小时第 {int(minute)} 分"
    days = _days(day, weekday)
    if not (minute.isdigit() and hour.isdigit() and month == "*" and days):
        return cron
    return f"{days} {int(hour):02d}:{int(minute):02d}"


def _days(day: str, weekday: str) -> str:
    if day == "*" and weekday.isdigit():
        return f"每周{_WEEKDAYS[int(weekday) % 7]}"
    if weekday != "*":
        return ""
    return f"每月 {int(day)} 日" if day.isdigit() else "每天" if day == "*" else ""


def _local(found: datetime) -> datetime:
    return timezone.localtime(found)
