"""The tabs of the room."""

from __future__ import annotations

from django.http import HttpRequest

from youju.foundation.shell.tabs import Tab, tabs_of

_TABS = (
    ("台账", "assets:list", ""),
    ("付款登记", "assets:payments", ""),
    ("移交", "assets:moves", ""),
    ("处置", "assets:disposals", ""),
    ("盘点", "assets:stocktakes", ""),
    ("折旧", "assets:depreciation", ""),
    ("概况", "assets:overview", ""),
    ("对账", "assets:reconciliation", ""),
    ("标签", "assets:labels", ""),
)


def tabs_for(request: HttpRequest) -> list[Tab]:
    """All of them, the present one marked."""
    return tabs_of(request, _TABS)
