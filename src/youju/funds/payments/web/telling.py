"""Files from forms; words and colours of states."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.foundation.files.services import keep
from youju.rules.funds.payments.lifecycle import FLOW

TONES = {
    "draft": "warning", "requested": "hint", "reviewed": "hint", "checked": "hint", "approved": "ink", "sent": "ink",
    "paid": "approved", "returned": "error", "rejected": "plain", "cancelled": "plain",
}  # fmt: skip


def state_badge(state: str) -> SafeString:
    """A payment's state in its colour and words."""
    return format_html(
        '<span class="badge badge-{}">{}</span>', TONES.get(state, "plain"), FLOW.state(state).label
    )


def kept_files(request: HttpRequest, field: str = "evidence") -> list[tuple[str, str]]:
    """The uploaded files of a field, kept as evidence: (sha256, name).

    Raises:
        InputError: one is empty, too large or of a kind that is not taken.
    """
    found = []
    for file in request.FILES.getlist(field):
        kept = keep(file.file, name=file.name or "凭证", purpose="evidence")  # type: ignore[arg-type]
        found.append((kept.sha256, kept.name))
    return found
