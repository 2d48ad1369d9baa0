"""``{% steps kind key %}``: the way of a record as a picture and its log; ``{% actions kind key url %}``: its next steps."""

from __future__ import annotations

from typing import Any

from django import template

from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import selectors

register = template.Library()


@register.inclusion_tag("workflow/_steps.html")
def steps(kind: str, key: object) -> dict[str, Any]:
    """Where the record stands on its way, with dates and people, and every step that it took."""
    subject = Subject(kind, str(key))
    return {
        "milestones": selectors.milestones(subject),
        "case": selectors.case(subject),
        "log": selectors.log_of(subject),
    }


@register.inclusion_tag("workflow/_actions.html", takes_context=True)
def actions(context: template.Context, kind: str, key: object, url: str) -> dict[str, Any]:
    """The steps that this user may take, each a form posting ``transition``, ``state`` and ``reason`` to ``url``."""
    subject = Subject(kind, str(key))
    user = context.get("user")
    return {
        "options": selectors.available(subject, user) if user else (),
        "case": selectors.case(subject),
        "url": url,
        "csrf_token": context.get("csrf_token"),
    }
