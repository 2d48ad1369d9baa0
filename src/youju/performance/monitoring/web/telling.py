"""What several pages share: colours and states as badges, what the rules said, forms that were refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.shell.fields import Refusable
from youju.rules.findings import Finding
from youju.rules.performance.monitoring import lifecycle as life
from youju.rules.performance.monitoring.colours import COLOURS, MEANINGS
from youju.rules.performance.monitoring.facts import IMPOSSIBLE, LIKELIHOODS, POSSIBLE

ROUND_TONES = {
    life.DRAFT: "hint",
    life.FILLING: "warning",
    life.FILLED: "hint",
    life.SUBMITTED: "warning",
    life.APPROVED: "approved",
}
ORDER_TONES = {life.ISSUED: "warning", life.REPLIED: "hint", life.VERIFIED: "approved"}
LIKELY_TONES = {POSSIBLE: "warning", IMPOSSIBLE: "error"}


def colour_badge(colour: str) -> SafeString:
    """A colour with its word: never by colour alone; a dash where there is none."""
    if not colour:
        return format_html('<span class="muted">{}</span>', "—")
    return format_html(
        '<span class="badge colour-{}" title="{}">{}</span>', colour, MEANINGS[colour], COLOURS[colour]
    )


def likely_badge(code: str) -> SafeString:
    """A likelihood; empty where there is none."""
    if not code:
        return format_html('<span class="muted">{}</span>', "未确认")
    return format_html(
        '<span class="badge badge-{}">{}</span>', LIKELY_TONES.get(code, "plain"), LIKELIHOODS[code]
    )


def tell(request: HttpRequest, found: Iterable[Finding]) -> None:
    """Say what the rules said without stopping it."""
    for each in found:
        messages.warning(request, each.told)


def attempted(
    request: HttpRequest,
    form: Refusable,
    deed: Callable[[], tuple[str, str]],
    fields: dict[str, str] | None = None,
) -> HttpResponseRedirect | None:
    """Do what a form asks for: the way on, or ``None`` where it was refused and the form says why.

    Args:
        request: for the message.
        form: what was filled in.
        deed: does it; what it says, and where to go.
        fields: where an ``InputError`` happened → the form's field.

    Raises:
        InputError: the record is not there, or was moved meanwhile.
    """
    if not form.is_valid():
        return None
    try:
        said, to = deed()
    except RefusedError as error:
        form.refuse(error)
        return None
    except InputError as error:
        if error.status in (404, 409):
            raise
        name = (fields or {}).get(error.where, "")
        form.add_error(name if name in form.fields else None, str(error))
        return None
    messages.success(request, said)
    return HttpResponseRedirect(to)


class StepForm(forms.Form):
    """A step on a record's page."""

    transition = forms.CharField(max_length=40)
    state = forms.CharField(max_length=20, required=False)
    reason = forms.CharField(max_length=2000, required=False)
