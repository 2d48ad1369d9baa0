"""``{% history kind key %}``: what was done to a record, newest first, in plain words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse

from youju.foundation.audit import selectors

register = template.Library()


@register.inclusion_tag("audit/_history.html", takes_context=True)
def history(context: template.Context, kind: str, key: object, title: str = "改动记录") -> dict[str, Any]:
    """A section that opens on a click; links to the trail's page for those who may see it."""
    try:
        page = f"{reverse('operations:audit')}?{urlencode({'kind': kind, 'key': str(key)})}"
    except NoReverseMatch:
        page = ""
    return {
        "history": selectors.history(kind, str(key)),
        "title": title,
        "page": page,
        "user": context.get("user"),
    }
