"""Small marks that only this room draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

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


@register.simple_tag
def answer_of(answers: Any, finding: Any) -> Any:
    """The answer to a stored finding, where the page has any: ``{% answer_of answers item as said %}``."""
    return answers.get(getattr(finding, "fingerprint", "")) if isinstance(answers, Mapping) else None


@register.simple_tag
def margin_items(margins: Mapping[str, Any], number: int) -> SafeString:
    """What stands beside a row of the editor."""
    items = margins.get(f"row-{number}", [])
    return mark_safe(render_to_string("targets/_edit_margin.html", {"items": items}))  # noqa: S308 - escaped inside
