"""What every page's template needs besides its own context."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from youju.foundation.shell.language import languages_of
from youju.foundation.shell.navigation import sections_for


def shell(request: HttpRequest) -> dict[str, Any]:
    """``shell_nav`` (sections), ``shell_demo`` (bool), ``shell_languages`` (codes that this page speaks)."""
    return {
        "shell_nav": SimpleLazyObject(lambda: sections_for(request)),
        "shell_demo": getattr(settings, "DEMO_MODE", False),
        "shell_languages": languages_of(request),
    }
