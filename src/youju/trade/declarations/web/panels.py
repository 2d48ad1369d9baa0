"""Panels that other parts of this room add to a declaration's page: the exchange with customs shows its messages in one."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from youju.trade.declarations.selectors import DeclarationPage

Panel = Callable[[HttpRequest, DeclarationPage], SafeString]
_panels: list[Panel] = []


def register_panel(panel: Panel) -> None:
    """Add a panel: it gives safe HTML for a page, or an empty text where it has nothing to show. Call it in ``urls.py``."""
    if panel not in _panels:
        _panels.append(panel)


def panels(request: HttpRequest, page: DeclarationPage) -> list[SafeString]:
    """What the panels show for a page, in the order in which they were added."""
    return [shown for panel in _panels if (shown := panel(request, page))]
