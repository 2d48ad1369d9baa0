"""Looking a code up: the search with suggestions, and what the tariff of a day says of one code."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.trade.goods import permissions, selectors


class SearchForm(forms.Form):
    """What to look for, and in the tariff of which day."""

    q = forms.CharField(
        label="名称、拼音首字母或编码",
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "spellcheck": "false",
                "placeholder": "例如 手提包、stb、4202.22",
            }
        ),
    )
    on = forms.DateField(
        label="依据日期",
        required=False,
        error_messages={"invalid": "这不是日期，请写成 2026-05-04 的样子。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@require_safe
@permission_required(permissions.VIEW_TARIFF)
def search(request: HttpRequest) -> HttpResponse:
    """The search page; htmx gets the hits alone."""
    form = SearchForm(request.GET)
    form.is_valid()
    text = form.cleaned_data.get("q") or ""
    day = form.cleaned_data.get("on") or timezone.localdate()
    version = selectors.version_on(day)
    context: dict[str, Any] = {
        "form": form,
        "hits": selectors.search(text, version=version) if version else [],
        "asked": bool(selectors.words_of(text)),
        "text": text,
        "day": day,
        "query": f"?on={day}" if day != timezone.localdate() else "",
        "version": version,
        "may_manage": allowed(request.user, permissions.MANAGE_TARIFF),
    }
    alone = request.headers.get("HX-Target") == "tariff-hits"
    return render(request, "goods/_hits.html" if alone else "goods/tariff.html", context)


@require_safe
@permission_required(permissions.VIEW_TARIFF)
def suggest(request: HttpRequest) -> HttpResponse:
    """Suggestions for the code of a good: buttons that put the code into its form."""
    text = request.GET.get("q", request.GET.get("hs_code", ""))[:60]
    context = {"hits": selectors.search(text), "asked": bool(selectors.words_of(text)), "text": text}
    return render(request, "goods/_suggestions.html", context)


@require_safe
@permission_required(permissions.VIEW_TARIFF)
def code(request: HttpRequest, code: str) -> HttpResponse:
    """What the tariff of a day says of a ten-digit code."""
    day = _day(request.GET.get("on", ""))
    facts = selectors.line_of(code, day)
    if facts is None:
        raise Http404(f"{day} 施行的税则没有编码 {code[:20]}；请按名称或前几位重新查。")
    context = {
        "facts": facts,
        "day": day,
        "query": f"?on={day}" if day != timezone.localdate() else "",
        "may_edit": allowed(request.user, permissions.EDIT),
    }
    return render(request, "goods/tariff_code.html", context)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
