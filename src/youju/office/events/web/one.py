"""One event: what is planned, who takes part, what it cost and brought; the steps; its files and its summary."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.countries import name_of
from youju.foundation.shell.deeds import told, valid
from youju.office.events import permissions, selectors, services
from youju.office.events.web import forms
from youju.office.events.web.listings import (
    DEAL_TONES,
    EVENT_TONES,
    SIGNUP_TONES,
    STAGE_TONES,
    days_of,
    is_late,
)
from youju.office.events.web.planning import tell
from youju.office.events.web.sending import handed
from youju.rules.office.events.kinds import (
    COST_KINDS,
    DEAL_STATES,
    KIND_NAMES,
    PLACE_UNITS,
    SERVICE_KINDS,
)
from youju.rules.office.events.lifecycle import (
    AEO_STAGES,
    EVENT_KIND,
    EVENT_STATES,
    PROSPECT_STAGES,
    SIGNUP_STATES,
)


def back_to(number: int, part: str = "") -> str:
    """The page of an event, at one of its parts."""
    return reverse("events:event", args=[number]) + (f"#{part}" if part else "")


@require_safe
@permission_required(permissions.VIEW)
def event(request: HttpRequest, number: int) -> HttpResponse:
    """One event."""
    page = selectors.event_page(permissions.actor_of(request), number)
    row, totals = page.event, page.totals
    stages = PROSPECT_STAGES if row.kind == "recruitment" else AEO_STAGES
    return render(
        request,
        "events/event.html",
        {
            "page": page,
            "row": row,
            "totals": totals,
            "kind": EVENT_KIND,
            "kind_label": KIND_NAMES[row.kind],
            "state_label": EVENT_STATES[row.state],
            "tone": EVENT_TONES.get(row.state, "plain"),
            "late": is_late(row),
            "days": days_of(row),
            "country": name_of(row.country),
            "unit": PLACE_UNITS.get(row.kind, "名额"),
            "costs": [(each, COST_KINDS[each.kind]) for each in page.costs],
            "signups": [
                (each, SIGNUP_STATES[each.state], SIGNUP_TONES.get(each.state, "plain"))
                for each in page.signups
            ],
            "deals": [
                (each, name_of(each.country), DEAL_STATES[each.state], DEAL_TONES[each.state])
                for each in page.deals
            ],
            "prospects": [
                (
                    each,
                    SERVICE_KINDS[each.service],
                    PROSPECT_STAGES[each.stage],
                    STAGE_TONES.get(each.stage, "plain"),
                )
                for each in page.prospects
            ],
            "applications": [
                (each, AEO_STAGES[each.stage], STAGE_TONES.get(each.stage, "plain"))
                for each in page.applications
            ],
            "stages": [(label, totals.stages.get(code, 0)) for code, label in stages.items()],
            "roles": {code: label.split("（")[0] for code, label in services.ROLES.items()},
            "forms": {
                "report": forms.ReportForm(initial={"note": row.report_note}),
                "cost": forms.CostForm(),
                "signup": forms.WrittenSignupForm(),
                "session": forms.SessionForm(),
                "prospect": forms.ProspectForm(),
                "application": forms.ApplicationForm(),
                "file": forms.EventFileForm(),
            },
        },
    )


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Take a step with it."""

    def deed() -> str:
        wanted = request.POST.get("transition", "")
        note = str(valid(forms.ReportForm(request.POST))["note"]) if wanted == "report" else ""
        made = services.take_step(
            actor=permissions.actor_of(request),
            event_id=number,
            step=wanted,
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
            note=note,
        )
        tell(request, made.findings)
        return f"已办理，现在的状态是“{EVENT_STATES[made.event.state]}”。"

    return told(request, back_to(number), deed)


@require_POST
@permission_required(permissions.EDIT)
def add_cost(request: HttpRequest, number: int) -> HttpResponse:
    """Enter a cost."""

    def deed() -> str:
        form = forms.CostForm(request.POST)
        valid(form)
        tell(
            request,
            services.add_cost(actor=permissions.actor_of(request), event_id=number, wish=form.wish),
        )
        return "已登记这笔费用。"

    return told(request, back_to(number, "costs"), deed)


@require_POST
@permission_required(permissions.EDIT)
def remove_cost(request: HttpRequest, number: int, cost: int) -> HttpResponse:
    """Take a wrongly entered cost away."""

    def deed() -> str:
        services.remove_cost(actor=permissions.actor_of(request), event_id=number, cost_id=cost)
        return "已删去这笔费用。"

    return told(request, back_to(number, "costs"), deed)


@require_POST
@permission_required(permissions.EDIT)
def add_signup(request: HttpRequest, number: int) -> HttpResponse:
    """Write a sign-up down for a firm."""

    def deed() -> str:
        form = forms.WrittenSignupForm(request.POST)
        valid(form)
        row = services.write_down(actor=permissions.actor_of(request), event_id=number, wish=form.wish)
        return "已登记报名。" if row.state != "waiting" else "名额已满，已登记为候补。"

    return told(request, back_to(number, "signups"), deed)


def _entered(  # noqa: PLR0917 - what the deeds below differ in
    request: HttpRequest,
    number: int,
    form_of: Callable[..., Any],
    service: Callable[..., object],
    back: str,
    words: str,
) -> HttpResponse:
    """Enter what a form wishes for an event; then the part of its page that shows it."""

    def deed() -> str:
        form = form_of(request.POST)
        valid(form)
        service(actor=permissions.actor_of(request), event_id=number, wish=form.wish)
        return words

    return told(request, back_to(number, back), deed)


@require_POST
@permission_required(permissions.EDIT)
def add_session(request: HttpRequest, number: int) -> HttpResponse:
    """Enter a session."""
    return _entered(request, number, forms.SessionForm, services.add_session, "sessions", "已登记这一场。")


@require_POST
@permission_required(permissions.EDIT)
def add_prospect(request: HttpRequest, number: int) -> HttpResponse:
    """Enter a firm that was spoken to."""
    return _entered(
        request, number, forms.ProspectForm, services.add_prospect, "prospects", "已登记招商对象。"
    )


@require_POST
@permission_required(permissions.EDIT)
def add_application(request: HttpRequest, number: int) -> HttpResponse:
    """Enter an enterprise that means to apply for the AEO certificate."""
    return _entered(
        request, number, forms.ApplicationForm, services.add_application, "applications", "已登记企业。"
    )


@require_POST
@permission_required(permissions.EDIT)
def attach(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file in."""

    def deed() -> str:
        valid(form := forms.EventFileForm(request.POST, request.FILES))
        given = form.cleaned_data["file"]
        services.add_file(
            actor=permissions.actor_of(request),
            event_id=number,
            role=form.cleaned_data["role"],
            content=given.file,
            name=given.name,
        )
        return "已上传。"

    return told(request, back_to(number, "files"), deed)


@require_safe
@permission_required(permissions.VIEW)
def file(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """A file of it."""
    found = services.hand_out_file(actor=permissions.actor_of(request), event_id=number, file_id=file)
    return handed(request, found)


@require_POST
@permission_required(permissions.EXPORT)
def make_summary(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for its summary as docx."""

    def deed() -> str:
        services.request_summary(actor=permissions.actor_of(request), event_id=number)
        return "正在生成小结，过几秒刷新本页下载。"

    return told(request, back_to(number, "files"), deed)


@require_safe
@permission_required(permissions.EXPORT)
def summary(request: HttpRequest, document: uuid.UUID) -> HttpResponseBase:
    """A summary that was made."""
    found, kept = services.hand_out_summary(actor=permissions.actor_of(request), document_id=document)
    response = file_response(request, kept, name=found.name)
    response["Cache-Control"] = "no-store, private"
    return response
