"""One task: what it asks, where it stands, what proves it; the steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.office.tasks import permissions, selectors, services
from youju.office.tasks.selectors import STATES
from youju.office.tasks.services import TaskRefusedError
from youju.office.tasks.web.forms import EndingForm, FileForm, HandForm, MediationForm
from youju.office.tasks.web.telling import tone_of
from youju.rules.office.tasks.kinds import EVERY_NAMES, FROM_OUTSIDE
from youju.rules.office.tasks.lifecycle import TASK_KIND


def show(
    request: HttpRequest,
    number: int,
    *,
    ending: EndingForm | None = None,
    hand: HandForm | None = None,
    mediation: MediationForm | None = None,
    file: FileForm | None = None,
) -> HttpResponse:
    """The page, with a form that was refused in place of an empty one."""
    actor = permissions.actor_of(request)
    page = selectors.task_page(actor, number)
    outside = page.task.kind in FROM_OUTSIDE
    doers = selectors.people_who(actor, permissions.DO) if page.may_hand and hand is None else ()
    refused = next((form for form in (ending, hand, mediation, file) if form is not None), None)
    return render(
        request,
        "tasks/task.html",
        {
            "page": page,
            "row": page.task,
            "kind": TASK_KIND,
            "tone": tone_of(page.task),
            "every": EVERY_NAMES.get(page.task.plan.every, "") if page.task.plan else "",
            "ending": ending or EndingForm(outside=outside),
            "hand": hand or HandForm(doers=doers),
            "mediation": mediation or MediationForm(),
            "file": file or FileForm(),
            "refused": refused,
        },
        status=422 if refused is not None else 200,
    )


@require_safe
@permission_required(permissions.VIEW)
def task(request: HttpRequest, number: int) -> HttpResponse:
    """One task."""
    return show(request, number)


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Take a step with it."""
    actor, wanted = permissions.actor_of(request), request.POST.get("transition", "")
    form = EndingForm(request.POST, outside=selectors.one_of(actor, number).kind in FROM_OUTSIDE)
    if wanted == "finish" and not form.is_valid():
        return show(request, number, ending=form)
    try:
        row = services.take_step(
            actor=actor,
            task_id=number,
            step=wanted,
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
            ending=form.ending if wanted == "finish" else None,
        )
    except TaskRefusedError as error:
        if wanted != "finish":
            raise
        for finding in error.findings:
            form.add_error(
                "result" if finding.rule == "TSK-009" else None,
                finding.told,
            )
        return show(request, number, ending=form)
    messages.success(request, f"已办理，任务现在的状态是“{STATES[row.state]}”。")
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = reverse("tasks:task", args=[number])
    return HttpResponseRedirect(back)


@require_POST
@permission_required(permissions.DO)
def hand(request: HttpRequest, number: int) -> HttpResponse:
    """Hand it to somebody else."""
    actor = permissions.actor_of(request)
    form = HandForm(request.POST, doers=selectors.people_who(actor, permissions.DO))
    if form.is_valid():
        try:
            row = services.hand_over(
                actor=actor, task_id=number, to=form.cleaned_data["to"], reason=form.cleaned_data["reason"]
            )
        except InputError as error:
            if error.status in (404, 409):
                raise
            form.add_error("to", str(error))
        else:
            said = f"已转给{row.person_name}。" if row.person else "已放回待认领。"
            messages.success(request, said)
            return HttpResponseRedirect(reverse("tasks:task", args=[number]))
    return show(request, number, hand=form)


@require_POST
@permission_required(permissions.DO)
def attach(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file in as evidence."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            services.add_evidence(
                actor=permissions.actor_of(request), task_id=number, content=given.file, name=given.name
            )
        except InputError as error:
            if error.status in (404, 409):
                raise
            form.add_error("file", str(error))
        else:
            messages.success(request, "已上传证明材料。")
            return HttpResponseRedirect(reverse("tasks:task", args=[number]) + "#evidence")
    return show(request, number, file=form)


@require_safe
@permission_required(permissions.VIEW)
def file(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """A file of it."""
    found = services.hand_out_file(actor=permissions.actor_of(request), task_id=number, file_id=file)
    response = file_response(request, found.kept, name=found.name, inline=True)
    response["Cache-Control"] = "no-store, private"
    return response
