"""The tabs of the room: each user sees those that the user's permissions open."""

from __future__ import annotations

from django.http import HttpRequest

from youju.foundation.shell.tabs import Tab, tabs_of
from youju.trade.statistics import permissions

_TABS = (
    ("出口统计", "statistics:overview", permissions.VIEW),
    ("月报", "statistics:bulletins", permissions.OVERSEE),
    ("全口径出口", "statistics:districts", permissions.OVERSEE),
    ("运行监测", "statistics:alerts", permissions.OVERSEE),
    ("大屏", "statistics:screen", permissions.OVERSEE),
)


def tabs_for(request: HttpRequest) -> list[Tab]:
    """The tabs that the user may open, the present one marked; one alone is none."""
    return tabs_of(request, _TABS, least=2)
