"""The picture of a planned declaration: a bar against the cap, its orders as blocks. Drawn on the server, words say the same."""

from __future__ import annotations

from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from youju.rules.trade.declarations.facts import Declaration
from youju.rules.trade.declarations.money import spoken
from youju.trade.declarations.selectors import PlannedDeclaration

WIDTH, HEIGHT = 640, 30
_SHADES = 6


def bar(made: PlannedDeclaration) -> SafeString:
    """Orders side by side as wide as their part of the cap; what is free stays empty."""
    if made.cap is None:
        return SafeString("")
    blocks, done = [], Decimal(0)
    for place, order in enumerate(made.orders):
        told = f"交易单 {order.number}：{order.currency} {spoken(order.cents)}"
        blocks.append((_x(done), _x(order.share), HEIGHT, place % _SHADES, told))
        done += order.share
    inside = format_html_join(
        "", '<rect x="{}" y="0" width="{}" height="{}" class="load-{}"><title>{}</title></rect>', blocks
    )
    told = (
        f"第 {made.number} 票：{made.currency} {spoken(made.cents)}，是单票上限的 {percent(made.share)}，"
        f"{len(made.orders)} 张交易单，{made.lines} 项"
    )
    return format_html(
        '<svg class="load" viewBox="-1 -1 {} {}" role="img" aria-label="{}" preserveAspectRatio="none">'
        '<rect x="0" y="0" width="{}" height="{}" class="load-box"/>{}</svg>',
        WIDTH + 2, HEIGHT + 2, told, WIDTH, HEIGHT, inside,
    )  # fmt: skip


def compared(before: Declaration | None, after: Declaration | None, cap: int | None) -> SafeString:
    """One declaration before and after a move, as two thin bars; the upper one is before."""
    if not cap:
        return SafeString("")
    shares = [min(Decimal(each.cents) / cap, Decimal(1)) if each else Decimal(0) for each in (before, after)]
    over = after is not None and after.cents > cap
    told = f"移动前占上限 {percent(shares[0])}，移动后占 {percent(shares[1])}"
    return format_html(
        '<svg class="load-two" viewBox="-1 -1 {} 24" role="img" aria-label="{}" preserveAspectRatio="none">'
        '<rect x="0" y="0" width="{}" height="10" class="load-box"/><rect x="0" y="0" width="{}" height="10" class="load-was"/>'
        '<rect x="0" y="12" width="{}" height="10" class="load-box"/>'
        '<rect x="0" y="12" width="{}" height="10" class="{}"/></svg>',
        WIDTH + 2, told, WIDTH, _x(shares[0]), WIDTH, _x(shares[1]), "load-over" if over else "load-now",
    )  # fmt: skip


def percent(share: Decimal) -> str:
    """A share as a percentage with one digit, downwards, so that only what is full says 100."""
    return f"{int(share * 1000) / 10:g}%"


def _x(share: Decimal) -> str:
    return f"{share * WIDTH:.2f}"
