"""Publicity lists inside the centre: made, looked at, shown, dropped."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors as workflow
from youju.rules.trade.credit.lifecycle import LIST_KIND, LIST_STATES
from youju.trade.credit import events, permissions, selectors, services
from youju.trade.credit.web.shared import LIST_TONES, TONES, tabs_for


@require_POST
@permission_required(permissions.PUBLISH)
def new(request: HttpRequest) -> HttpResponse:
    """Make a list from the latest scores."""
    try:
        row = services.draft_list(actor=permissions.actor_of(request))
    except InputError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("credit:publicity"))
    messages.success(request, f"已拟定名单 {row.number}，{len(row.lines)} 户。请核对后公示。")
    return HttpResponseRedirect(reverse("credit:publicity-one", args=[row.pk]))


@require_safe
@permission_required(permissions.VIEW)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One list."""
    actor = permissions.actor_of(request)
    row = selectors.list_of(actor, number)
    subject = events.list_subject(row)
    case = workflow.case(subject)
    context = {
        "tabs": tabs_for(request),
        "row": row,
        "lines": [(each, TONES.get(each["grade"], "plain")) for each in row.lines],
        "state": LIST_STATES[row.state],
        "tone": LIST_TONES[row.state],
        "kind": LIST_KIND,
        "case": case,
        "milestones": workflow.milestones(subject) if case else (),
        "log": workflow.log_of(subject),
        "options": workflow.available(subject, actor) if case else (),
        "may_publish": allowed(actor, permissions.PUBLISH),
    }
    return render(request, "credit/publicity.html", context)


@require_POST
@permission_required(permissions.PUBLISH)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Show it, or drop it."""
    row = services.take_list_step(
        actor=permissions.actor_of(request),
        list_id=number,
        step=request.POST.get("transition", ""),
        reason=request.POST.get("reason", ""),
        expected=request.POST.get("state", ""),
    )
    messages.success(request, f"已办理，现在的状态是“{LIST_STATES[row.state]}”。")
    return HttpResponseRedirect(reverse("credit:publicity-one", args=[number]))
