"""Words and colours of states."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.rules.trade.settlement.accounts import LIKENESS, RECEIPT_STATES, RESERVATION_STATES

TONES = {
    "unmatched": "warning", "partly": "hint", "matched": "approved", "returned": "plain",
    "held": "hint", "confirmed": "approved", "released": "plain", "expired": "plain",
    "same": "approved", "alike": "warning", "unlike": "error", "unknown": "plain",
    "late": "error", "open": "hint", "collected": "approved", "ended": "plain",
}  # fmt: skip
LINE_STATES = {"open": "待收", "late": "逾期", "collected": "已收齐", "ended": "已冲销"}


def badge(word: str, state: str) -> SafeString:
    """A state in its colour and words."""
    return format_html('<span class="badge badge-{}">{}</span>', TONES.get(state, "plain"), word)


def receipt_state(state: str) -> SafeString:
    """A receipt's state."""
    return badge(RECEIPT_STATES[state], state)


def reservation_state(state: str) -> SafeString:
    """A reservation's state."""
    return badge(RESERVATION_STATES[state], state)


def payer_state(level: str) -> SafeString:
    """Payer and buyer."""
    return badge(LIKENESS[level], level)


def line_state(row: Any) -> str:
    """``open``, ``collected`` or ``ended``."""
    if not row.live:
        return "ended"
    return "collected" if row.collected >= row.declared else "open"
