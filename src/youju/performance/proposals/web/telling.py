"""What several pages share: states as badges, forms that were refused."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.shell.fields import Refusable
from youju.rules.performance.proposals import lifecycle as life

TONES = {life.DRAFT: "hint", life.OPEN: "warning", life.ADOPTED: "approved", life.CONCLUDED: "approved"}
BAND_TONES = {"优": "approved", "良": "hint", "中": "warning", "差": "error"}


def state_badge(state: str, words: dict[str, str]) -> SafeString:
    """A state with its word."""
    return format_html('<span class="badge badge-{}">{}</span>', TONES.get(state, "plain"), words[state])


def band_badge(band: str) -> SafeString:
    """A band of an audit; a dash where there is none."""
    if not band:
        return format_html('<span class="muted">{}</span>', "—")
    return format_html('<span class="badge badge-{}">{}</span>', BAND_TONES[band], band)


def attempted(
    request: HttpRequest, form: Refusable, deed: Callable[[], tuple[str, str]]
) -> HttpResponseRedirect | None:
    """Do what a form asks for: the way on, or ``None`` where it was refused and the form says why.

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
        form.add_error(None, str(error))
        return None
    messages.success(request, said)
    return HttpResponseRedirect(to)
