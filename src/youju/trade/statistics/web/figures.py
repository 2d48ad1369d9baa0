"""How figures of the statistics are written on pages."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.rules.trade.statistics.figures import in_wan, one_place

_TON = Decimal(1000)
_CENT = Decimal("0.01")


def wan(value: Decimal) -> str:
    """CNY in 万元, two places."""
    return in_wan(value)


def tons(value: Decimal) -> str:
    """Kilograms in tons, two places."""
    return f"{(value / _TON).quantize(_CENT, ROUND_HALF_UP):,f}"


def rate(value: Decimal | None) -> str:
    """Per cent with one place; a dash where there is none."""
    return "—" if value is None else f"{one_place(value)}%"


def price(value: Decimal | None) -> str:
    """CNY with two places; a dash where there is none."""
    return "—" if value is None else f"{value.quantize(_CENT, ROUND_HALF_UP):,f}"


def safe(text: str) -> SafeString:
    """A figure that is written already, as a cell."""
    return format_html("{}", text)


def change(value: Decimal | None) -> SafeString:
    """Growth with its sign and an arrow: never by colour alone."""
    if value is None:
        return format_html('<span class="quiet">{}</span>', "—")
    told = one_place(abs(value))
    if not told.strip("0.,"):
        return format_html('<span class="change">{}</span>', "持平")
    tone, sign, word = ("up", "▲", "增长") if value > 0 else ("down", "▼", "下降")
    return format_html(
        '<span class="change change-{}"><span aria-hidden="true">{}</span><span class="unseen">{}</span> {}%</span>',
        tone, sign, word, told,
    )  # fmt: skip


def meter(share: Decimal | None, most: Decimal) -> SafeString:
    """A bar for a share, the largest of the list being full."""
    width = 0 if share is None or not most else int(share * 100 / most)
    return format_html(
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="8"/></svg>',
        max(width, 1),
    )
