"""The tabs of the room: each user sees those that the user's permissions open."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from youju.foundation.identity.permissions import allowed
from youju.funds.payments import permissions

_TABS = (
    ("付款", "payments:payments", permissions.VIEW),
    ("送银行", "payments:bank-files", permissions.VIEW),
    ("银行回单", "payments:bank-returns", permissions.VIEW),
    ("支出进度", "payments:progress", permissions.PROGRESS),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab."""

    label: str
    url: str
    current: bool


def tabs_for(request: HttpRequest) -> list[Tab]:
    """The tabs that the user may open, the present one marked."""
    shown = [(label, reverse(name)) for label, name, needed in _TABS if allowed(request.user, needed)]
    here = max((url for _, url in shown if request.path.startswith(url)), key=len, default="")
    return [Tab(label, url, url == here) for label, url in shown]
