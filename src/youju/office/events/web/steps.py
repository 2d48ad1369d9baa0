"""One firm that is to be won, and one AEO application: how far they are, and the next step."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told, valid
from youju.office.events import permissions, selectors, services
from youju.office.events.web import forms
from youju.office.events.web.listings import STAGE_TONES
from youju.office.events.web.partaking import contact_page
from youju.office.events.web.sending import handed
from youju.rules.office.events.kinds import SERVICE_KINDS
from youju.rules.office.events.lifecycle import (
    AEO_STAGES,
    APPLICATION_KIND,
    PROSPECT_KIND,
    PROSPECT_STAGES,
)


@require_safe
@permission_required(permissions.VIEW)
def prospect(request: HttpRequest, number: int) -> HttpResponse:
    """One firm that is to be won."""
    page = selectors.prospect_page(permissions.actor_of(request), number)
    context = {
        "page": page,
        "row": page.row,
        "kind": PROSPECT_KIND,
        "service": SERVICE_KINDS[page.row.service],
        "stage_label": PROSPECT_STAGES[page.row.stage],
        "tone": STAGE_TONES.get(page.row.stage, "plain"),
        "step": forms.StageForm(stages=page.next),
        "step_url": reverse("events:prospect-step", args=[number]),
        "part_url": reverse("events:parts", args=["prospects"]),
        "part_label": "招商对象",
    }
    return render(request, "events/stages.html", context)


@require_POST
@permission_required(permissions.EDIT)
def prospect_step(request: HttpRequest, number: int) -> HttpResponse:
    """Write down that it came further, or was lost."""
    actor = permissions.actor_of(request)

    def deed() -> str:
        page = selectors.prospect_page(actor, number)
        valid(form := forms.StageForm(request.POST, stages=page.next))
        row = services.move_prospect(actor=actor, prospect_id=number, **form.cleaned_data)
        return f"已登记，进展是“{PROSPECT_STAGES[row.stage]}”。"

    return told(request, reverse("events:prospect", args=[number]), deed)


@require_POST
@permission_required(permissions.UNMASK)
def prospect_contact(request: HttpRequest, number: int) -> HttpResponse:
    """Show the contact, once; the look stands on the trail."""
    name, phone = services.unmask_prospect(actor=permissions.actor_of(request), prospect_id=number)
    return contact_page(request, name, phone, reverse("events:prospect", args=[number]))


@require_safe
@permission_required(permissions.VIEW)
def application(request: HttpRequest, number: int) -> HttpResponse:
    """One AEO application."""
    page = selectors.application_page(permissions.actor_of(request), number)
    context = {
        "page": page,
        "row": page.row,
        "kind": APPLICATION_KIND,
        "stage_label": AEO_STAGES[page.row.stage],
        "tone": STAGE_TONES.get(page.row.stage, "plain"),
        "step": forms.StageForm(stages=page.next),
        "step_url": reverse("events:application-step", args=[number]),
        "part_url": reverse("events:parts", args=["applications"]),
        "part_label": "AEO 企业",
        "file": forms.FileForm(),
        "files": page.files,
    }
    return render(request, "events/stages.html", context)


@require_POST
@permission_required(permissions.EDIT)
def application_step(request: HttpRequest, number: int) -> HttpResponse:
    """Write down that it came further, was certified or refused."""
    actor = permissions.actor_of(request)

    def deed() -> str:
        page = selectors.application_page(actor, number)
        valid(form := forms.StageForm(request.POST, stages=page.next))
        row = services.move_application(actor=actor, application_id=number, **form.cleaned_data)
        return f"已登记，进展是“{AEO_STAGES[row.stage]}”。"

    return told(request, reverse("events:application", args=[number]), deed)


@require_POST
@permission_required(permissions.EDIT)
def application_attach(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file in: self-assessment, what customs wrote, the certificate."""

    def deed() -> str:
        valid(form := forms.FileForm(request.POST, request.FILES))
        given = form.cleaned_data["file"]
        services.add_certificate(
            actor=permissions.actor_of(request), application_id=number, content=given.file, name=given.name
        )
        return "已上传。"

    return told(request, reverse("events:application", args=[number]), deed)


@require_safe
@permission_required(permissions.VIEW)
def application_file(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """A file of it."""
    actor = permissions.actor_of(request)
    return handed(request, services.hand_out_certificate(actor=actor, application_id=number, file_id=file))
