"""The tabs of the room: each user sees those that the user's permissions open."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from youju.foundation.identity.permissions import allowed
from youju.trade.statistics import permissions

_TABS = (
    ("出口统计", "statistics:overview", permissions.VIEW),
    ("月报", "statistics:bulletins", permissions.OVERSEE),
    ("全口径出口", "statistics:districts", permissions.OVERSEE),
    ("运行监测", "statistics:alerts", permissions.OVERSEE),
    ("大屏", "statistics:screen", permissions.OVERSEE),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab."""

    label: str
    url: str
    current: bool


def tabs_for(request: HttpRequest) -> list[Tab]:
    """The tabs that the user may open, the present one marked; one alone is none."""
    shown = [(label, reverse(name)) for label, name, needed in _TABS if allowed(request.user, needed)]
    here = max((url for _, url in shown if request.path.startswith(url)), key=len, default="")
    return [Tab(label, url, url == here) for label, url in shown] if len(shown) > 1 else []
