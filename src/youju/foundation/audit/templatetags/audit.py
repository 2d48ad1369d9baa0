"""``{% history kind key %}``: what was done to a record, newest first, in plain words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from youju.foundation.audit import selectors

register = template.Library()
_SEE = "audit.view"


@register.inclusion_tag("audit/_history.html", takes_context=True)
def history(context: template.Context, kind: str, key: object, title: str = "改动记录") -> dict[str, Any]:
    """A section that opens on a click; links to the trail's page for those who may see it."""
    return {
        "history": selectors.history(kind, str(key)),
        "title": title,
        "page": _page(kind, str(key)) if _may_see(context.get("user")) else "",
    }


def _page(kind: str, key: str) -> str:
    try:
        return f"{reverse('operations:audit')}?{urlencode({'kind': kind, 'key': key})}"
    except NoReverseMatch:
        return ""


def _may_see(user: object) -> bool:
    """By the check that the settings name: who holds what is decided in a room above."""
    check = import_string(settings.SHELL_PERMISSION_CHECK)
    return user is not None and bool(check(user, _SEE))
