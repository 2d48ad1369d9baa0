"""The picture of a container's fill: drawn on the server as SVG, without a style or script of its own."""

from __future__ import annotations

from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from youju.trade.packing.selectors.pages import LoadedContainer

WIDTH, HEIGHT, BAR = 640, 96, 14
_SHADES = 6


def fill(box: LoadedContainer) -> SafeString:
    """The container from the side, filled from the left by volume, line by line; below it the weight. Words say the same."""
    if box.capacity is None:
        return SafeString("")
    inside, done = [], Decimal(0)
    for place, line in enumerate(box.lines):
        share = line.amounts.volume / box.capacity.volume
        inside.append(
            (
                _x(done),
                _x(share),
                HEIGHT,
                place % _SHADES,
                f"{line.name}：{_plain(line.amounts.volume)} 立方米",
            )
        )
        done += share
    segments = format_html_join(
        "", '<rect x="{}" y="0" width="{}" height="{}" class="fill-{}"><title>{}</title></rect>', inside
    )
    told = f"箱 {box.row.number}：容积用了 {percent(box.volume_share)}，载重用了 {percent(box.weight_share)}"
    tone = "fill-near" if box.weight_share > Decimal("0.95") else "fill-weight"
    return format_html(
        '<svg class="fill" viewBox="-1 -1 {} {}" role="img" aria-label="{}" preserveAspectRatio="none">'
        '<rect x="0" y="0" width="{}" height="{}" class="fill-box"/>{}'
        '<rect x="0" y="{}" width="{}" height="{}" class="fill-box"/>'
        '<rect x="0" y="{}" width="{}" height="{}" class="{}"/></svg>',
        WIDTH + 2, HEIGHT + BAR + 10, told, WIDTH, HEIGHT, segments, HEIGHT + 6, WIDTH, BAR, HEIGHT + 6,
        _x(min(box.weight_share, Decimal(1))), BAR, tone,
    )  # fmt: skip


def percent(share: Decimal) -> str:
    """A share as a whole percentage, downwards, so that only what is full says 100."""
    return f"{int(share * 100)}%"


def _x(share: Decimal) -> str:
    return f"{share * WIDTH:.2f}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
