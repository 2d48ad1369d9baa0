"""Columns and cells that several lists of the room share."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.foundation.shell.templatetags.shell import badge
from youju.rules.trade.risk.judging import LANES
from youju.rules.trade.risk.lifecycle import CONCLUSIONS, CONFIRMED, STATES

_TONES = {"found": "warning", "assigned": "warning", "asked": "warning", "appealed": "error"}
_LANE_TONES = {"green": "ink", "yellow": "warning", "red": "error"}


def state(row: Any) -> SafeString:
    """The state as a badge, with the conclusion behind it."""
    drawn = badge(STATES[row.state], _TONES.get(row.state, "plain"))
    if not row.conclusion:
        return drawn
    return format_html(
        "{} {}",
        drawn,
        badge(CONCLUSIONS[row.conclusion], "error" if row.conclusion in CONFIRMED else "plain"),
    )


def lane(code: str) -> SafeString:
    """A lane as a badge."""
    return badge(f"{LANES[code]}通道", _LANE_TONES[code])


def tick(row: Any) -> SafeString:
    """A box that the form of assignment reads."""
    return format_html(
        '<input type="checkbox" name="hit" value="{}" form="assign" aria-label="选中预警 {}">', row.pk, row.pk
    )


def short(digest: str) -> SafeString:
    """A long number by its beginning, whole in its title."""
    if not digest:
        return format_html('<span class="quiet">{}</span>', "当天过后公布")
    return format_html('<code title="{}">{}…</code>', digest, digest[:16])


def code(rule: str) -> SafeString:
    """A rule's id, unbroken."""
    return format_html('<span class="nowrap">{}</span>', rule)
