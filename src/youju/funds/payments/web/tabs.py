"""The tabs of the room: each user sees those that the user's permissions open."""

from __future__ import annotations

from django.http import HttpRequest

from youju.foundation.shell.tabs import Tab, tabs_of
from youju.funds.payments import permissions

_TABS = (
    ("付款", "payments:payments", permissions.VIEW),
    ("送银行", "payments:bank-files", permissions.VIEW),
    ("银行回单", "payments:bank-returns", permissions.VIEW),
    ("支出进度", "payments:progress", permissions.PROGRESS),
)


def tabs_for(request: HttpRequest) -> list[Tab]:
    """The tabs that the user may open, the present one marked."""
    return tabs_of(request, _TABS)
