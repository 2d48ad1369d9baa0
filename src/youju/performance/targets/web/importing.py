"""The steps of an import: upload, look at what changes, confirm, done."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import permissions, selectors, services
from youju.performance.targets.uploads import limited, most_bytes, uploaded
from youju.performance.targets.web.forms import UploadForm, YearForm


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.IMPORT)
@limited
def upload(request: HttpRequest) -> HttpResponse:
    """Step 1: a file and its year. A refused file is said beside the field, the year stays as typed."""
    if request.method != "POST":
        return _upload_page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    dropped = hasattr(request, "too_large")
    if not form.is_valid() and not dropped:
        return _upload_page(request, form, status=422)
    try:
        name, content = uploaded(request)
        preview = services.stage_upload(
            actor=permissions.actor_of(request),
            filename=name,
            content=content,
            fiscal_year=form.cleaned_data.get("fiscal_year"),
        )
    except InputError as error:
        if dropped:
            form.errors.pop("file", None)
        form.add_error("file", str(error))
        return _upload_page(request, form, status=error.status)
    return HttpResponseRedirect(reverse("targets:import-preview", args=[preview.pk]))


def _upload_page(request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "most": f"单个文件不超过 {most_bytes() // 1024 // 1024} MB。"}
    return render(request, "targets/import_upload.html", context, status=status)


@require_safe
@permission_required(permissions.IMPORT)
def preview(request: HttpRequest, preview_id: UUID) -> HttpResponse:
    """Step 2: what is new, changed and gone beside what is stored, by cell."""
    page = selectors.preview_page(user=permissions.actor_of(request), preview_id=preview_id)
    if page is None:
        if selectors.finished_import(user=permissions.actor_of(request), preview_id=preview_id) is not None:
            return HttpResponseRedirect(reverse("targets:import-done", args=[preview_id]))
        raise Http404("这次预览已失效或已放弃，请重新上传文件。")
    form = YearForm(initial={"fiscal_year": page.preview.fiscal_year})
    return render(request, "targets/import_preview.html", {"page": page, "year_form": form})


@require_POST
@permission_required(permissions.IMPORT)
def change_year(request: HttpRequest, preview_id: UUID) -> HttpResponse:
    """Compare with another year's targets."""
    form = YearForm(request.POST)
    if not form.is_valid():
        error = InputError("预算年度不对", how="请填 2000 到 2100 之间的四位年份")
        return render(request, "targets/refused.html", {"error": error}, status=422)
    try:
        services.change_year(
            actor=permissions.actor_of(request),
            preview_id=preview_id,
            fiscal_year=form.cleaned_data["fiscal_year"],
        )
    except InputError as error:
        return render(request, "targets/refused.html", {"error": error}, status=error.status)
    return HttpResponseRedirect(reverse("targets:import-preview", args=[preview_id]))


@require_POST
@permission_required(permissions.IMPORT)
def confirm(request: HttpRequest, preview_id: UUID) -> HttpResponse:
    """Step 3: store what was shown."""
    try:
        services.confirm_import(
            actor=permissions.actor_of(request), preview_id=preview_id, token=request.POST.get("token", "")
        )
    except InputError as error:
        return render(request, "targets/refused.html", {"error": error}, status=error.status)
    return HttpResponseRedirect(reverse("targets:import-done", args=[preview_id]))


@require_POST
@permission_required(permissions.IMPORT)
def discard(request: HttpRequest, preview_id: UUID) -> HttpResponse:
    """Forget the upload; what is stored stays as it is."""
    services.discard_import(actor=permissions.actor_of(request), preview_id=preview_id)
    messages.info(request, "已放弃这次上传，已存的绩效目标没有改动。")
    return HttpResponseRedirect(reverse("targets:import"))


@require_safe
@permission_required(permissions.IMPORT)
def done(request: HttpRequest, preview_id: UUID) -> HttpResponse:
    """Step 4: where to go from here."""
    target_set = selectors.finished_import(user=permissions.actor_of(request), preview_id=preview_id)
    if target_set is None:
        raise Http404("没有这次导入的记录。")
    overview = selectors.overview_of(target_set)
    return render(
        request,
        "targets/import_done.html",
        {"target_set": target_set, "overview": overview, "label": selectors.state_label(target_set)},
    )
