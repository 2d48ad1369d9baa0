"""What several pages share: colours of states, what the rules said, forms that were refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect

from youju.foundation.kernel.errors import InputError
from youju.funds.internal_audits.services import AuditRefusedError
from youju.rules.findings import Finding
from youju.rules.funds.internal_audits.kinds import GRAVE, MAJOR
from youju.rules.funds.internal_audits.lifecycle import (
    CLOSED,
    NOTED,
    RECTIFYING,
    REPLIED,
    VERIFIED,
    WITHDRAWN,
)

TONES = {
    NOTED: "hint", RECTIFYING: "warning", REPLIED: "hint", VERIFIED: "hint", CLOSED: "plain", WITHDRAWN: "plain",
}  # fmt: skip
SERIOUS_TONES = {MAJOR: "warning", GRAVE: "error"}


def tell(request: HttpRequest, found: Iterable[Finding]) -> None:
    """Say what the rules said without stopping it."""
    for each in found:
        messages.warning(request, each.told)


def attempted(
    request: HttpRequest,
    form: forms.Form,
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
    except AuditRefusedError as error:
        form.refuse(error)  # type: ignore[attr-defined]  # a Refusable
        return None
    except InputError as error:
        if error.status in (404, 409):
            raise
        name = (fields or {}).get(error.where, "")
        form.add_error(name if name in form.fields else None, str(error))
        return None
    messages.success(request, said)
    return HttpResponseRedirect(to)
