"""Deeds on a page: done and said, or refused and said; either way back to the page."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

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


def chosen(request: HttpRequest, name: str) -> list[int]:
    """The ids of the ticked boxes.

    Raises:
        InputError: none is ticked.
    """
    keys = [int(each) for each in request.POST.getlist(name) if each.isdecimal() and len(each) <= 18]
    if not keys:
        raise InputError("没有勾选任何一行", how="请先勾选")
    return keys


def revision(request: HttpRequest, field: str = "revision") -> int | None:
    """The revision that the page showed; ``None`` where the field says none."""
    seen = request.POST.get(field, "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= 9 else None
