"""The exchange as a panel of a declaration's page: its messages and what people may do about them."""

from __future__ import annotations

from typing import Protocol

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from youju.trade.declarations import permissions
from youju.trade.declarations.selectors import exchange as selectors
from youju.trade.declarations.web.exchange import panel_context


class Page(Protocol):
    """What a declaration's page gives to its panels."""

    @property
    def key(self) -> str:
        """Number and version."""


def exchange_panel(request: HttpRequest, page: Page) -> SafeString:
    """The messages of the declaration on the page; empty where there is nothing to see and nothing to do yet."""
    found = selectors.exchange_page(actor=permissions.actor_of(request), key=page.key)
    if found is None or not (found.rows or found.steps or found.may_send):
        return SafeString("")
    return render_to_string("declarations/_exchange.html", panel_context(found), request=request)
