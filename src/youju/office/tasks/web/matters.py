"""Requests and disputes at the centre: written down for somebody, mediated, the contact looked up."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.office.tasks import permissions, services
from youju.office.tasks.services import TaskRefusedError
from youju.office.tasks.web.forms import MediationForm, ReceiveForm
from youju.office.tasks.web.one import show
from youju.rules.office.tasks.kinds import KIND_NAMES, TOPICS


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.PLAN)
def receive(request: HttpRequest, kind: str) -> HttpResponse:
    """Write down what somebody brought by telephone or at the counter."""
    if kind not in TOPICS:
        raise Http404("没有这一类事项。")
    form = ReceiveForm(request.POST if request.method == "POST" else None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.receive_matter(actor=permissions.actor_of(request), wish=form.wish)
        except TaskRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已受理，编号 {row.number}，请在 {row.due_on} 以前办结。")
            return HttpResponseRedirect(reverse("tasks:task", args=[row.pk]))
    context = {"form": form, "kind_label": KIND_NAMES[kind]}
    return render(request, "tasks/receive.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(permissions.DO)
def mediate(request: HttpRequest, number: int) -> HttpResponse:
    """Write down a step of mediation."""
    form = MediationForm(request.POST)
    if form.is_valid():
        try:
            services.add_mediation(actor=permissions.actor_of(request), task_id=number, **form.cleaned_data)
        except InputError as error:
            if error.status in (404, 409):
                raise
            form.add_error("held_on" if error.where == "日期" else None, str(error))
        else:
            messages.success(request, "已记下这次调解。")
            return HttpResponseRedirect(reverse("tasks:task", args=[number]) + "#mediation")
    return show(request, number, mediation=form)


@require_POST
@permission_required(permissions.UNMASK)
def unmask(request: HttpRequest, number: int) -> HttpResponse:
    """Show the contact, once; the look stands on the trail."""
    name, phone = services.unmask_contact(actor=permissions.actor_of(request), task_id=number)
    response = render(request, "tasks/contact.html", {"number": number, "name": name, "phone": phone})
    response["Cache-Control"] = "no-store, private"
    return response
