"""Small marks that only this room draws."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.foundation.shell.templatetags.shell import SEVERITIES

register = template.Library()


@register.simple_tag
def sign(severity: str, count: int | None = None) -> SafeString:
    """A finding's severity in the space of a sign: the word is there for readers of titles and screens."""
    word, mark = SEVERITIES[severity]
    number = "" if count is None else format_html(" {}", count)
    return format_html(
        '<span class="badge badge-{}" title="{}"><span class="sign" aria-hidden="true">{}</span>'
        '<span class="unseen">{}</span>{}</span>',
        severity,
        word if count is None else f"{word} {count} 条",
        mark,
        word,
        number,
    )
