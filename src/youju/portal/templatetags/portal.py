"""Marks that only the reference pages draw."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from youju.foundation.policies.standing import standing as word_of
from youju.foundation.shell.templatetags.shell import badge

register = template.Library()


@register.simple_tag
def standing(kind: str, verified: bool) -> SafeString:
    """How far a passage may be relied on; what is still open is drawn as a warning."""
    return badge(word_of(kind, verified), "plain" if verified else "warning")
