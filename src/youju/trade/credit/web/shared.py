"""What several pages of credit share: tabs, badges of grades, pictures in two widths."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from youju.foundation.documents.widths import in_two_widths
from youju.foundation.shell.tabs import Tab, tabs_of
from youju.foundation.shell.templatetags.shell import badge
from youju.trade.credit import charts, permissions

TONES = {"A": "ink", "B": "plain", "C": "warning", "D": "error"}
PLEA_TONES = {
    "submitted": "hint",
    "checked": "warning",
    "upheld": "approved",
    "refused": "error",
    "withdrawn": "plain",
}
LIST_TONES = {"draft": "hint", "shown": "approved", "ended": "plain", "dropped": "plain"}
_TABS = (
    ("概况", "credit:board", permissions.VIEW),
    ("主体得分", "credit:list", permissions.VIEW),
    ("申诉与修复", "credit:pleas", permissions.VIEW),
    ("公示名单", "credit:publicity", permissions.VIEW),
    ("历次评分", "credit:snapshots", permissions.VIEW),
    ("评价办法", "credit:policy", permissions.VIEW),
    ("试算", "credit:trials", permissions.SIMULATE),
)


def tabs_for(request: HttpRequest) -> list[Tab]:
    """Those that the reader may open, the present one marked; a party sees none."""
    return tabs_of(request, _TABS)


def grade_badge(grade: str) -> SafeString:
    """A grade."""
    return badge(grade, TONES.get(grade, "plain"))


def both(draw: Callable[..., Any]) -> SafeString:
    """A picture in two widths; the narrow screen sees the second."""
    return in_two_widths(*(draw(width=width) for width in (charts.WIDE, charts.NARROW)))
