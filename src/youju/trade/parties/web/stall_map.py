"""The map of a floor as a picture: rows of stalls, coloured by state and marked by a sign, drawn on the server as SVG.

Every stall is a link and carries its words in a ``<title>``; colour is never the only mark. Drawn wide and narrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from youju.foundation.documents.pictures import INK, MUTED, PAPER, RULE, SEAL, WASH
from youju.trade.parties.selectors import FloorMap, StallCell

WIDE, NARROW = (16, 46, 34), (6, 52, 38)
"""Stalls in a line, and a stall's width and height in pixels, for a desk screen and for a telephone."""
_GAP, _HEAD = 5, 20
_AMBER = "#7a4f00"
LOOKS = {
    "held": (INK, INK, PAPER, ""),
    "free": (PAPER, RULE, MUTED, ""),
    "expiring": (WASH, _AMBER, _AMBER, "△"),
    "suspended": (PAPER, SEAL, SEAL, "×"),
}
"""By state: fill, edge, ink of the number, and a sign."""
_LONGEST = 6


def pictures(found: FloorMap) -> SafeString:
    """The map in both widths, of which the page shows one."""
    return format_html(
        '<div class="wide-only">{}</div><div class="narrow-only">{}</div>',
        drawing(found, *WIDE),
        drawing(found, *NARROW),
    )


def legend(found: FloorMap) -> SafeString:
    """What the looks mean, with how many stalls have each."""
    return format_html_join(
        "",
        '<li><svg width="22" height="16" aria-hidden="true"><rect x="1" y="1" width="20" height="14" fill="{}" stroke="{}"/>'
        '<text x="11" y="12" text-anchor="middle" font-size="10" fill="{}">{}</text></svg> {} <b>{}</b></li>',
        (
            (*LOOKS[state], label, found.counts.get(state, 0))
            for state, label in (
                ("held", "已租"),
                ("free", "空置"),
                ("expiring", "快到期"),
                ("suspended", "不能营业"),
            )
        ),
    )


def drawing(found: FloorMap, per_line: int, width: int, height: int) -> SafeString:
    """One picture; a row of stalls (排) goes on in the next line where it is longer than ``per_line``."""
    parts: list[SafeString] = []
    y = 0
    for row, cells in groupby(found.cells, key=lambda cell: cell.row):
        parts.append(
            format_html('<text x="0" y="{}" font-size="12" fill="{}">{} 排</text>', y + 13, MUTED, row)
        )
        y += _HEAD
        for line in _lines(list(cells), per_line):
            for at, cell in line:
                parts.append(_stall(cell, at * (width + _GAP), y, width, height))
            y += height + _GAP
        y += _GAP
    whole = per_line * (width + _GAP)
    title = f"{found.market.name} {found.floor} 层摊位图，共 {len(found.cells)} 个摊位"
    return format_html(
        '<svg class="stall-map" role="group" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}"'
        ' preserveAspectRatio="xMinYMin meet">{}</svg>',
        title,
        whole,
        max(y, 1),
        whole,
        max(y, 1),
        mark_safe("".join(parts)),  # noqa: S308 - each part was built by format_html
    )


def _lines(cells: list[StallCell], per_line: int) -> Iterator[list[tuple[int, StallCell]]]:
    """The lines of a row: (column, stall). A gap between positions, an aisle, stays a gap; a long one is drawn as one."""
    line: list[tuple[int, StallCell]] = []
    column, before = 0, None
    for cell in cells:
        if before is not None:
            column += min(cell.position - before, 2)
        if column >= per_line:
            yield line
            line, column = [], 0
        line.append((column, cell))
        before = cell.position
    if line:
        yield line


def _stall(cell: StallCell, x: int, y: int, width: int, height: int) -> SafeString:
    fill, edge, ink, sign = LOOKS[cell.state]
    number = cell.number if len(cell.number) <= _LONGEST else f"…{cell.number[-_LONGEST + 1 :]}"
    words = f"{cell.number}，{cell.state_label}" + (f"，{cell.holder}" if cell.holder else "")
    return format_html(
        '<a href="{}"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="1.5"/>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="11" fill="{}">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="10" fill="{}">{}</text></a>',
        reverse("parties:stall", args=[cell.id]), words, x + 1, y + 1, width - 2, height - 2, fill, edge,
        x + width // 2, y + height // 2 + (0 if sign or cell.holder else 4), ink, number,
        x + width // 2, y + height - 6, ink, sign or cell.sign[:3],
    )  # fmt: skip
