"""Words and tones that several pages of this room share."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest

from youju.rules.findings import Finding
from youju.rules.office.surveys.lifecycle import CLOSED, OPEN, REVIEW

TONES = {CLOSED: "approved", OPEN: "ink", REVIEW: "hint"}


def tell(request: HttpRequest, findings: Iterable[Finding]) -> None:
    """Say what the rules said without stopping it."""
    for each in findings:
        messages.warning(request, each.told)


def period(year: int, quarter: int) -> str:
    """A period as people read it."""
    return f"{year} 年第 {quarter} 季度" if quarter else f"{year} 年"
