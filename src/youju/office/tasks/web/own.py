"""What an enterprise brings: its list, a new one, how one goes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.office.tasks import permissions, selectors, services
from youju.office.tasks.selectors import state_label
from youju.office.tasks.services import TaskRefusedError
from youju.office.tasks.web.forms import FileForm, MatterForm
from youju.office.tasks.web.telling import tone_of
from youju.rules.office.tasks.kinds import KIND_NAMES, TOPICS

LISTING = Listing(
    name="own-matters",
    title="我的诉求和投诉",
    columns=(
        Column("number", "编号", sort="number"),
        Column(
            "title",
            "事项",
            sort="title",
            narrow="title",
            href=lambda row: reverse("tasks:own-one", args=[row.pk]),
        ),
        Column("kind", "类别", value=lambda row: KIND_NAMES[row.kind], sort="kind"),
        Column("state", "状态", value=state_label, sort="state"),
        Column("received", "提出日期", value="received_on", sort="received_on"),
        Column("due", "办理期限", value="due_on", sort="due_on"),
    ),
    order="-received",
    export_name="我的诉求和投诉",
    empty="还没有提出过。货物滞留、订不到舱，可以提物流诉求；与交易对方有争议，可以提纠纷投诉。",
)


@require_safe
@permission_required(permissions.OWN)
def own_list(request: HttpRequest) -> HttpResponseBase:
    """What this organisation brought."""
    actor = permissions.actor_of(request)
    return render_listing(request, LISTING, lambda _: selectors.own(actor), template="tasks/own.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.OWN)
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Bring a request or dispute."""
    if kind not in TOPICS:
        raise Http404("没有这一类事项。")
    form = MatterForm(request.POST if request.method == "POST" else None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.bring_matter(actor=permissions.actor_of(request), wish=form.wish)
        except TaskRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, f"已提出，编号 {row.number}，最迟 {row.due_on} 答复。有材料可以在这里上传。"
            )
            return HttpResponseRedirect(reverse("tasks:own-one", args=[row.pk]))
    context = {"form": form, "kind_label": KIND_NAMES[kind]}
    return render(request, "tasks/own_new.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.OWN)
def own(request: HttpRequest, number: int) -> HttpResponse:
    """How one goes."""
    return _show(request, number, None)


@require_POST
@permission_required(permissions.OWN)
def attach(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file in."""
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
            messages.success(request, "已上传。")
            return HttpResponseRedirect(reverse("tasks:own-one", args=[number]))
    return _show(request, number, form)


@require_safe
@permission_required(permissions.OWN)
def file(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """A file that this organisation gave."""
    actor = permissions.actor_of(request)
    if all(each.id != file for each in selectors.own_page(actor, number).files):
        raise Http404("没有这个文件。")
    found = services.hand_out_file(actor=actor, task_id=number, file_id=file)
    response = file_response(request, found.kept, name=found.name, inline=True)
    response["Cache-Control"] = "no-store, private"
    return response


def _show(request: HttpRequest, number: int, refused: FileForm | None) -> HttpResponse:
    page = selectors.own_page(permissions.actor_of(request), number)
    context = {"page": page, "row": page.task, "tone": tone_of(page.task), "file": refused or FileForm()}
    return render(request, "tasks/own_one.html", context, status=422 if refused else 200)
