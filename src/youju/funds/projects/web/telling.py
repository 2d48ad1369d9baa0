"""Deeds on a page: done and said, or refused and said; either way back to the page."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from youju.foundation.files.services import keep
from youju.foundation.kernel.errors import InputError


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


def valid(form: forms.Form) -> None:
    """Go on with a form that is right.

    Raises:
        InputError: the first thing that is wrong, with the field's name.
    """
    if form.is_valid():
        return
    name, problems = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    raise InputError(str(problems[0]).rstrip("。"), where=str(label or ""), how="请改正后再办")


def kept_file(request: HttpRequest, field: str = "file") -> list[tuple[str, str]]:
    """The uploaded file of a field, kept as evidence: (sha256, name), or nothing.

    Raises:
        InputError: it is empty, too large or of a kind that is not taken.
    """
    file = request.FILES.get(field)
    if file is None:
        return []
    kept = keep(file.file, name=file.name or "文件", purpose="evidence")  # type: ignore[arg-type]
    return [(kept.sha256, kept.name)]
