"""Beginning an adjustment of what is published, and saying why."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import permissions, selectors, services
from youju.performance.targets.uploads import limited, uploaded
from youju.performance.targets.web.life_forms import AdjustForm


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.PUBLISH)
@limited
def adjust(request: HttpRequest, number: int) -> HttpResponse:
    """On a published version: begin an adjustment. On a draft beside one: change what was said of it."""
    page = selectors.version_page(number)
    if page is None:
        raise Http404("没有这个版本，请回到版本列表重新选择。")
    if request.method != "POST":
        found = page.target_set
        form = AdjustForm(
            initial={"reason": found.adjust_reason, "document_number": found.adjust_document}
            if page.is_draft
            else None
        )
        return _form(request, page, form)
    form = AdjustForm(request.POST, request.FILES)
    if not form.is_valid() and not hasattr(request, "too_large"):
        return _form(request, page, form, status=422)
    try:
        given = request.FILES.get("paper") or hasattr(request, "too_large")
        paper = services.Paper(*uploaded(request, "paper")) if given else None
        act = services.describe_adjustment if page.is_draft else services.begin_adjustment
        target_set = act(
            actor=permissions.actor_of(request),
            target_set_id=number,
            reason=form.cleaned_data["reason"],
            document_number=form.cleaned_data["document_number"],
            paper=paper,
        )
    except InputError as error:
        form.add_error(None, str(error))
        return _form(request, page, form, status=error.status)
    said = (
        "已保存调整说明。"
        if page.is_draft
        else f"已建立第 {target_set.version} 版草稿，内容与已公开的相同，请开始修改。"
    )
    messages.success(request, said)
    return HttpResponseRedirect(reverse("targets:version", args=[target_set.pk]))


def _form(
    request: HttpRequest, page: selectors.VersionPage, form: AdjustForm, *, status: int = 200
) -> HttpResponse:
    context = {"page": page, "target_set": page.target_set, "form": form}
    return render(request, "targets/adjust.html", context, status=status)
