"""``{% duplicate_hits application.pk %}``: the hits of an application, as a part of its page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from youju.foundation.shell.templatetags.shell import badge
from youju.funds.subsidies.selectors import duplicates

register = template.Library()
_KINDS = {"open": "warning", "proposed": "warning", "confirmed": "error", "cleared": "plain", "gone": "plain"}


@register.inclusion_tag("duplicates/_hits.html")
def duplicate_hits(application_id: int) -> dict[str, Any]:
    """The hits of an application, those that wait first; the page that shows it has asked who may see it."""
    return {"hits": duplicates.hits_of(application_id)}


@register.simple_tag
def hit_state(row: Any) -> SafeString:
    """The state of a hit as a badge."""
    return badge(row.get_state_display(), _KINDS[row.state])
