"""The tabs of the room: each user sees those that the user's permissions open."""

from __future__ import annotations

from django.http import HttpRequest

from youju.foundation.shell.tabs import Tab, tabs_of
from youju.trade.risk import permissions

_TABS = (
    ("概况", "risk:board", permissions.VIEW),
    ("预警", "risk:hits", permissions.VIEW),
    ("我的预警", "risk:own", permissions.APPEAL),
    ("通道", "risk:lanes", permissions.VIEW),
    ("抽签", "risk:draws", permissions.VIEW),
    ("规则", "risk:rules", permissions.VIEW),
    ("门槛试算", "risk:trials", permissions.RUN),
    ("同类统计", "risk:peers", permissions.VIEW),
    ("关联图", "risk:components", permissions.VIEW),
    ("扫描", "risk:scans", permissions.VIEW),
)


def tabs_for(request: HttpRequest) -> list[Tab]:
    """The tabs that the user may open, the present one marked; one alone is none."""
    return tabs_of(request, _TABS, least=2)
