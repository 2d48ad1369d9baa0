"""Words and tones that several pages of this room share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from youju.rules.findings import Finding
from youju.rules.office.tasks.lifecycle import ACCEPTED, DONE, OPEN, UNDER_WAY

if TYPE_CHECKING:
    from youju.office.tasks.models import Task

TONES = {ACCEPTED: "approved", DONE: "hint", UNDER_WAY: "ink"}


def tone_of(row: Task) -> str:
    """The tone of the badge of its state."""
    return TONES.get(row.state, "plain")


def is_late(row: Task) -> bool:
    """Whether it is open and its day has passed."""
    return row.state in OPEN and row.due_on < timezone.localdate()


def tell(request: HttpRequest, findings: Iterable[Finding]) -> None:
    """Say what the rules said without stopping it."""
    for each in findings:
        messages.warning(request, each.told)
