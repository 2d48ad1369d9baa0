"""Pictures of the site as SVG without style or script; the table behind each stands on its page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from django.utils.translation import gettext

from youju.performance.disclosure.documents.site.views import ProjectView

_WIDTH, _LEFT, _BAR, _GAP, _TOP = 640, 44, 12, 14, 34
_INK, _PALE, _TEXT = "#1f4e79", "#c9d6e3", "#222222"
_ROOM = 150


def money_picture(projects: Sequence[ProjectView], title: str) -> bytes:
    """Budget and execution of each project as two bars; numbers stand for the projects, whose names are in the table."""
    amounts = [
        (Decimal(each.adjusted or each.budget or 0), Decimal(each.executed) if each.executed else None)
        for each in projects
    ]
    most = max((budget for budget, _ in amounts), default=Decimal(1)) or Decimal(1)
    space = _WIDTH - _LEFT - _ROOM
    height = _TOP + len(amounts) * (2 * _BAR + _GAP) + 10
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img" '
        f'aria-labelledby="t" font-family="sans-serif" font-size="12">',
        f'<title id="t">{escape(title)}</title>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<rect x="{_LEFT}" y="10" width="12" height="12" fill="{_PALE}"/>',
        f'<text x="{_LEFT + 18}" y="20" fill="{_TEXT}">{escape(gettext("预算数（万元）"))}</text>',
    ]
    if any(spent is not None for _, spent in amounts):
        lines.append(
            f'<rect x="{_LEFT + 190}" y="10" width="12" height="12" fill="{_INK}"/>'
            f'<text x="{_LEFT + 208}" y="20" fill="{_TEXT}">{escape(gettext("执行数（万元）"))}</text>'
        )
    for place, (budget, spent) in enumerate(amounts):
        top = _TOP + place * (2 * _BAR + _GAP)
        lines.append(
            f'<text x="{_LEFT - 8}" y="{top + _BAR + 4}" text-anchor="end" fill="{_TEXT}">{place + 1}</text>'
        )
        for row, (value, colour) in enumerate(((budget, _PALE), (spent, _INK))):
            if value is None:
                continue
            wide = max(1, int(value * space / most))
            at = top + row * _BAR
            lines.append(f'<rect x="{_LEFT}" y="{at}" width="{wide}" height="{_BAR - 2}" fill="{colour}"/>')
            lines.append(f'<text x="{_LEFT + wide + 6}" y="{at + _BAR - 3}" fill="{_TEXT}">{value:,}</text>')
    return "\n".join([*lines, "</svg>", ""]).encode()
