"""The components as template tags: ``{% load shell %}``. The page /style/ shows each with its usage.

Tags that draw a template stand under ``templates/shell/components``; the small ones build their mark-up here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from youju.foundation.shell.figures import grouped as grouped_text
from youju.foundation.shell.figures import share
from youju.foundation.shell.related import related_to

register = template.Library()

SEVERITIES = {"error": ("错误", "!"), "warning": ("警告", "?"), "hint": ("提示", "i")}


@register.simple_tag(takes_context=True)
def repeat_block(context: Context, name: str) -> SafeString:
    """Draw a block of this template a second time: the title is the h1 as well."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return mark_safe(block.render(context) if block else "")  # noqa: S308 - a rendered block, escaped inside


@register.filter
def grouped(value: object) -> str:
    """``{{ project.budget|grouped }}`` → 2,945.25; blank → a dash."""
    return grouped_text(value)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside a word: ``{% icon "search" %}``; names are the ids in static/shell/icons.svg."""
    return _icon(name, settings.STATIC_URL)


@lru_cache(maxsize=200)
def _icon(name: str, _where: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true" width="16" height="16"><use href="{}#{}"></use></svg>',
        static("shell/icons.svg"),
        name,
    )


@register.simple_tag
def navigation(sections: Any, label: str) -> SafeString:
    """The left navigation of :func:`youju.foundation.shell.navigation.sections_for`; drawn once for whoever sees the same."""
    return _navigation(tuple(sections), label, settings.STATIC_URL)


@lru_cache(maxsize=500)
def _navigation(sections: tuple[Any, ...], label: str, _where: str) -> SafeString:
    return render_to_string("shell/components/navigation.html", {"shell_nav": sections, "label": label})


@register.inclusion_tag("shell/components/crumbs.html")
def crumbs(*parts: str) -> dict[str, Any]:
    """``{% crumbs "绩效目标" url "本页" %}``: label and address in turn, the last label is this page."""
    links = list(zip(parts[0:-1:2], parts[1::2], strict=False))
    return {"links": links, "here": parts[-1] if parts else ""}


@register.inclusion_tag("shell/components/related.html", takes_context=True)
def related(context: Context, kind: str, key: object, **words: object) -> dict[str, Any]:
    """Pages of other rooms about this record: ``{% related "parties.party" party.pk name=party.name %}``; none, no mark-up."""
    request = context["request"]
    told = {name: str(value) for name, value in words.items()}
    links = related_to(request.user, kind, str(key), told)
    return {"links": [(label, url) for label, url in links if url.partition("?")[0] != request.path]}


@register.inclusion_tag("shell/components/messages.html", takes_context=True)
def messages_region(context: Context) -> dict[str, Any]:
    """What was done or refused, from django.contrib.messages."""
    return {"messages": context.get("messages")}


@register.inclusion_tag("shell/components/language.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """The switch of language; empty on a page that speaks Chinese only."""
    spoken = context.get("shell_languages") or ()
    request = context.get("request")
    names = dict(settings.LANGUAGES)
    return {
        "languages": [(code, names.get(code, code)) for code in spoken] if len(spoken) > 1 else [],
        "current": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "path": request.get_full_path() if request else "/",
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def badge(text: object, tone: str = "plain") -> SafeString:
    """A short state. Tones: plain, ink, error, warning, hint, approved (seal red: approved or wrong only)."""
    return format_html('<span class="badge badge-{}">{}</span>', tone, text)


@register.simple_tag
def severity(value: object, count: object = None) -> SafeString:
    """The mark of a finding's severity, with a count when given: sign and word, never colour alone."""
    key = str(getattr(value, "value", value))
    word, sign = SEVERITIES.get(key, (key, "·"))
    number = format_html(" <b>{}</b>", grouped_text(count)) if count is not None else ""
    return format_html(
        '<span class="badge badge-{}"><span class="sign" aria-hidden="true">{}</span>{}{}</span>',
        key,
        sign,
        _(word),
        number,
    )


@register.inclusion_tag("shell/components/stat.html")
def stat(  # noqa: PLR0917 - templates pass them in order
    label: str, value: object, unit: str = "", href: str = "", note: str = "", tone: str = ""
) -> dict[str, Any]:
    """A tile of one figure, inside ``<ul class="stats">``; ``href`` opens what the figure was counted from."""
    return {
        "label": label,
        "value": grouped_text(value),
        "unit": unit,
        "href": href,
        "note": note,
        "tone": tone,
    }


@register.inclusion_tag("shell/components/findings.html")
def findings(
    items: Iterable[Any], empty: str = "没有发现问题。", rule_url: str = "portal:rule"
) -> dict[str, Any]:
    """The list of findings: items with ``rule severity message suggestion`` and, when known, ``place`` and ``href``."""
    return {"items": list(items), "empty": empty, "rule_url": rule_url}


@register.inclusion_tag("shell/components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """The summary on top of a refused form, each line a link to its field."""
    lines = [
        (
            form[name].auto_id if name in form.fields else "",
            form[name].label if name in form.fields else "",
            error,
        )
        for name, errors in form.errors.items()
        for error in errors
    ]
    return {"lines": lines}


@register.inclusion_tag("shell/components/field.html")
def field(bound: BoundField, wide: bool = False) -> dict[str, Any]:
    """A label, its control, its help and its errors beside it: ``{% field form.name %}``."""
    widget = bound.field.widget
    # A group of check boxes is no check box: its label is the legend of a fieldset.
    kind = (
        "group" if widget.use_fieldset else getattr(widget, "input_type", "") or type(widget).__name__.lower()
    )
    return {"field": bound, "kind": kind, "wide": wide, "hidden": bound.is_hidden}


@register.inclusion_tag("shell/components/dropfile.html")
def dropfile(bound: BoundField, note: str = "") -> dict[str, Any]:
    """A field that takes a file by choice or by drop; a plain file input without JavaScript."""
    return {"field": bound, "note": note}


@register.inclusion_tag("shell/components/stepper.html")
def stepper(current: int, *steps: str) -> dict[str, Any]:
    """``{% stepper 2 "上传" "核对" "确认" %}``: where one is in work of several steps; ``current`` counts from 1."""
    states = [
        (number, text, "done" if number < current else "now" if number == current else "next")
        for number, text in enumerate(steps, 1)
    ]
    return {"steps": states, "total": len(steps)}


@register.inclusion_tag("shell/components/empty.html")
def empty_state(title: str, text: str = "", href: str = "", action: str = "") -> dict[str, Any]:
    """Nothing here yet, and what to do next."""
    return {"title": title, "text": text, "href": href, "action": action}


@register.inclusion_tag("shell/components/definitions.html")
def definitions(pairs: Mapping[str, object] | Sequence[tuple[str, object]]) -> dict[str, Any]:
    """Names and values in two columns; a blank is a dash."""
    rows = pairs.items() if isinstance(pairs, Mapping) else pairs
    return {"rows": [(name, "—" if value in (None, "") else value) for name, value in rows]}


@register.inclusion_tag("shell/components/tabs.html")
def tabs(current: str, *parts: str) -> dict[str, Any]:
    """``{% tabs request.path "项目" url1 "部门目标" url2 %}``: links that look like tabs."""
    return {
        "current": current,
        "links": list(zip(parts[0::2], parts[1::2], strict=True)),
        "label": _("本页分栏"),
    }


@register.simple_tag
def diff(old: object, new: object) -> SafeString:
    """One cell that changes: old struck out, new underlined; equal values stand plain."""
    before, after = ("" if value is None else str(value) for value in (old, new))
    if before == after:
        return format_html("{}", after or "—")
    return format_html(
        '<span class="diff"><del><span class="unseen">{} </span>{}</del> <ins><span class="unseen">{} </span>{}</ins></span>',
        _("原值"), before or _("（空）"), _("新值"), after or _("（空）"),
    )  # fmt: skip


@register.inclusion_tag("shell/components/progress.html")
def progress(value: object, total: object, label: str, unit: str = "") -> dict[str, Any]:
    """A bar with its figures in words: done of total."""
    return {"value": grouped_text(value), "total": grouped_text(total), "label": label, "unit": unit,
            "percent": share(value, total)}  # fmt: skip


@register.inclusion_tag("shell/components/seal.html")
def seal(text: str = "审定", by: str = "", on: str = "") -> dict[str, Any]:
    """The seal mark (印): only for what someone approved; two, three or four characters."""
    lines = [text[:2], text[2:]] if len(text) == 4 else list(text)
    return {"text": text, "lines": lines, "by": by, "on": on}


@register.simple_tag
def help_tip(text: str, about: str = "说明") -> SafeString:
    """A word of help that opens on click or Enter, without JavaScript."""
    return format_html(
        '<details class="tip"><summary aria-label="{}">?</summary><div class="tip-body">{}</div></details>',
        about,
        text,
    )


@register.inclusion_tag("shell/components/chart.html")
def chart(
    svg: str, caption: str, headers: Sequence[str], rows: Iterable[Sequence[object]], note: str = ""
) -> dict[str, Any]:
    """A picture and, one click away, the table behind it. ``svg`` is our own drawing (documents.pictures.svg)."""
    return {"svg": mark_safe(svg), "caption": caption, "headers": headers,  # noqa: S308 - drawn by this product
            "rows": [list(row) for row in rows], "note": note}  # fmt: skip


@register.inclusion_tag("shell/listing/region.html", takes_context=True)
def listing(context: Context, shown: Any) -> dict[str, Any]:
    """The table region of :func:`youju.foundation.shell.listing.render_listing`: ``{% listing listing %}``."""
    return {"listing": shown, "request": context.get("request")}


@register.inclusion_tag("shell/listing/filters.html")
def listing_filters(shown: Any) -> dict[str, Any]:
    """The filter bar of a listing: ``{% listing_filters listing %}``, above the table."""
    return {"listing": shown}
