"""The tabs of the room."""

from __future__ import annotations

from django.http import HttpRequest

from youju.foundation.shell.tabs import Tab, tabs_of

_TABS = (
    ("完成情况", "measures:overview", ""),
    ("指标行", "measures:rows", ""),
    ("绑定", "measures:bindings", ""),
    ("待办绑定", "measures:waiting", ""),
    ("情况说明", "measures:statements", "", "attestation"),
    ("数值调整", "measures:statements", "", "adjustment"),
    ("冻结", "measures:freezes", ""),
)


def tabs_for(request: HttpRequest) -> list[Tab]:
    """All of them, the present one marked."""
    return tabs_of(request, _TABS)
