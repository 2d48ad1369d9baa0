"""The board by state, and the month."""

from __future__ import annotations

import re
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.office.tasks import permissions, selectors
from youju.office.tasks.web.lists import TaskFilterForm

_MONTH = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])")


@require_safe
@permission_required(permissions.VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """The tasks by state, the soonest first; a card's next step is taken on its page, or here where it needs no words."""
    actor, form = permissions.actor_of(request), TaskFilterForm(request.GET)
    del form.fields["state"]
    return render(
        request,
        "tasks/board.html",
        {
            "form": form,
            "board": selectors.board(actor, form.wish),
            "may_do": allowed(actor, permissions.DO),
            "me": actor.username,
        },
    )


@require_safe
@permission_required(permissions.VIEW)
def calendar(request: HttpRequest) -> HttpResponse:
    """The tasks of a month by due day; ``month=2023-06``, this month without one."""
    actor, form = permissions.actor_of(request), TaskFilterForm(request.GET)
    asked = request.GET.get("month", "")
    month = date.fromisoformat(f"{asked}-01") if _MONTH.fullmatch(asked) else timezone.localdate()
    kept = {name: str(value) for name, value in request.GET.items() if name in form.fields and value}
    return render(
        request,
        "tasks/calendar.html",
        {
            "form": form,
            "calendar": selectors.calendar_of(actor, month, form.wish),
            "kept": f"&{urlencode(kept)}" if kept else "",
            "weekdays": "一二三四五六日",
        },
    )
