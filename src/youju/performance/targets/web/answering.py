"""One finding and the answer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import permissions, selectors, services
from youju.performance.targets.web.choosing import required_set, year_query
from youju.performance.targets.web.life_forms import AnswerForm

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def answer(request: HttpRequest, mark: str) -> HttpResponse:
    """Say why a finding stands as it is, for it alone or for all of its rule."""
    target_set = required_set(request)
    page = selectors.answer_page(target_set, mark)
    if page is None:
        raise Http404("这条审核意见已经没有了，请回到审核意见查看现在的意见。")
    if request.method == "POST":
        form = AnswerForm(request.POST)
        if form.is_valid():
            try:
                count = services.answer_finding(
                    actor=permissions.actor_of(request),
                    target_set_id=target_set.pk,
                    fingerprint=mark,
                    text=form.cleaned_data["text"],
                    alike=form.cleaned_data["alike"],
                )
            except InputError as error:
                form.add_error("text", str(error))
                return _page(request, target_set, page, form, status=error.status)
            said = f"已答复 {count} 条意见。" if form.cleaned_data["text"].strip() else "已撤回答复。"
            messages.success(request, said)
            return HttpResponseRedirect(reverse("targets:findings") + f"?set={target_set.pk}&state=open")
        return _page(request, target_set, page, form, status=422)
    form = AnswerForm(initial={"text": page.answer.text if page.answer else ""})
    return _page(request, target_set, page, form)


def _page(
    request: HttpRequest,
    target_set: TargetSet,
    page: selectors.AnswerPage,
    form: AnswerForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"target_set": target_set, "page": page, "form": form, "query": year_query(request)}
    return render(request, "targets/answer.html", context, status=status)
