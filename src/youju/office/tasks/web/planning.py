"""Planning a task, and changing one that is open."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.office.tasks import permissions, selectors, services
from youju.office.tasks.services import TaskRefusedError
from youju.office.tasks.web.forms import EditForm, TaskForm
from youju.office.tasks.web.telling import tell
from youju.rules.office.tasks.kinds import FROM_OUTSIDE


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.PLAN)
def new(request: HttpRequest) -> HttpResponse:
    """Plan a task, or several where it repeats."""
    actor = permissions.actor_of(request)
    form = TaskForm(
        request.POST if request.method == "POST" else None,
        doers=selectors.people_who(actor, permissions.DO),
        acceptors=selectors.people_who(actor, permissions.ACCEPT),
    )
    if request.method == "POST" and form.is_valid():
        try:
            planned = services.plan_tasks(actor=actor, wish=form.wish)
        except TaskRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            tell(request, planned.findings)
            count = len(planned.tasks)
            said = (
                f"已安排 {count} 件任务，期限从 {planned.tasks[0].due_on} 起。"
                if count > 1
                else "已安排这件任务。"
            )
            messages.success(request, said)
            return HttpResponseRedirect(reverse("tasks:task", args=[planned.tasks[0].pk]))
    return render(request, "tasks/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.PLAN)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change what an open task says."""
    actor = permissions.actor_of(request)
    row = selectors.one_of(actor, number)
    first = {
        name: getattr(row, name)
        for name in ("title", "details", "due_on", "starts_on", "section", "acceptor", "project")
    }
    form = EditForm(
        request.POST if request.method == "POST" else None,
        initial=first | {"tags": "、".join(row.tags)},
        outside=row.kind in FROM_OUTSIDE,
        acceptors=selectors.people_who(actor, permissions.ACCEPT),
    )
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("revision", "")
        try:
            found = services.change_task(
                actor=actor,
                task_id=number,
                wish=form.wish,
                revision=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1,
                reason=form.cleaned_data["reason"],
            )
        except TaskRefusedError as error:
            form.refuse(error)
        except InputError as error:
            if error.status in (404, 409):
                raise
            form.add_error("reason" if error.where == "理由" else None, str(error))
        else:
            tell(request, found)
            messages.success(request, "已保存。")
            return HttpResponseRedirect(reverse("tasks:task", args=[number]))
    return render(request, "tasks/edit.html", {"form": form, "row": row}, status=422 if form.errors else 200)
