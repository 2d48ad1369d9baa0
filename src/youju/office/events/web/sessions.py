"""One session: its list, who came, and the code by which enterprises check in."""

from __future__ import annotations

import re

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import chosen, told, valid
from youju.office.events import permissions, selectors, services
from youju.office.events.web.forms import PeopleForm
from youju.rules.office.events.lifecycle import SESSION_KIND

_SPLIT = re.compile(r"[、，,；;\r\n]+")


@require_safe
@permission_required(permissions.VIEW)
def session(request: HttpRequest, number: int) -> HttpResponse:
    """One session."""
    page = selectors.session_page(permissions.actor_of(request), number)
    address = request.build_absolute_uri(reverse("events:check-in", args=[page.session.token]))
    picture = segno.make(address, error="m").svg_inline(
        scale=4, svgclass="qr", lineclass=None, omitsize=False, title="签到二维码"
    )
    context = {
        "page": page,
        "row": page.session,
        "kind": SESSION_KIND,
        "address": address,
        "qr": mark_safe(picture),  # noqa: S308 - drawn by segno from our own address
        "people": PeopleForm(),
    }
    return render(request, "events/session.html", context)


@require_POST
@permission_required(permissions.EDIT)
def expected(request: HttpRequest, number: int) -> HttpResponse:
    """Put the firms that were let in on the list."""

    def deed() -> str:
        count = services.expect_signed_up(actor=permissions.actor_of(request), session_id=number)
        return f"按报名新列入 {count} 人，签到时写姓名。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.EDIT)
def people(request: HttpRequest, number: int) -> HttpResponse:
    """Put people of a firm on the list."""

    def deed() -> str:
        given = valid(PeopleForm(request.POST))
        names = [part.strip() for part in _SPLIT.split(str(given["people"])) if part.strip()]
        count = services.expect_people(
            actor=permissions.actor_of(request), session_id=number, firm=str(given["firm"]), people=names
        )
        return f"新列入 {count} 人。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.EDIT)
def present(request: HttpRequest, number: int) -> HttpResponse:
    """Say who came."""

    def deed() -> str:
        try:
            ticked = chosen(request, "present")
        except InputError:
            ticked = []  # nobody came: that can be said as well
        count = services.mark_present(actor=permissions.actor_of(request), session_id=number, present=ticked)
        return f"已登记，到场 {count} 人。"

    return told(request, _back(number), deed)


def _back(number: int) -> str:
    return reverse("events:session", args=[number]) + "#people"
