"""What this is, for whoever comes to the door; complete in Chinese and in English."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from youju.foundation.identity.web.guards import public
from youju.foundation.shell.language import speaks_english


@speaks_english
@require_safe
@public
def about(request: HttpRequest) -> HttpResponse:
    """Three sentences and the way in."""
    return render(request, "portal/about.html")


@require_POST
@public
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language asked for in a cookie; go back to the page."""
    return set_language(request)
