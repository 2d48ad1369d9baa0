"""Deeds on a page: done and said, or refused and said; files from forms; words and colours of states."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.foundation.files.services import keep
from youju.foundation.kernel.errors import InputError
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


def told(request: HttpRequest, back: str, deed: Callable[[], str]) -> HttpResponse:
    """Do it and go back with what it says; what is refused is said there too.

    Raises:
        Http404: the record itself is not there.
    """
    try:
        messages.success(request, deed())
    except InputError as error:
        if error.status == 404:
            raise Http404(str(error)) from error
        messages.error(request, str(error))
    return HttpResponseRedirect(back)


def valid(form: forms.Form) -> dict[str, object]:
    """The form's data.

    Raises:
        InputError: the first thing that is wrong, with the field's name.
    """
    if form.is_valid():
        return dict(form.cleaned_data)
    name, problems = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    raise InputError(str(problems[0]).rstrip("。"), where=str(label or ""), how="请改正后再办")


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
