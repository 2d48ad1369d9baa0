"""The tabs of the room: each user sees those that the user's permissions open."""

from __future__ import annotations

from django.http import HttpRequest

from youju.foundation.shell.tabs import Tab, tabs_of
from youju.trade.settlement import permissions

_TABS = (
    ("概况", "settlement:overview", permissions.VIEW),
    ("核销台账", "settlement:lots", permissions.VIEW),
    ("收汇", "settlement:receipts", permissions.VIEW),
    ("待核销", "settlement:unmatched", permissions.MATCH),
    ("银行占用", "settlement:reservations", permissions.VIEW),
    ("查询和占用", "settlement:bank", permissions.RESERVE),
    ("汇率", "settlement:rates", permissions.VIEW),
)


def tabs_for(request: HttpRequest, *, home: str = "") -> list[Tab]:
    """The tabs that the user may open, the present one marked; ``home`` names it where the address does not."""
    # A bank opens a line by its number alone: the ledger's list is always empty to it.
    bank = permissions.is_bank(permissions.actor_of(request))
    return tabs_of(request, [tab for tab in _TABS if not (bank and tab[1] == "settlement:lots")], home=home)
