"""Key evaluations: list, framework, experts' points, report."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told, valid
from youju.foundation.shell.listing import render_listing
from youju.performance.evaluation import permissions, selectors, services
from youju.performance.evaluation.web import forms
from youju.performance.evaluation.web.listings import KEYS, grade_badge
from youju.rules.performance.evaluation.lifecycle import KEY_KIND, KEY_STATES


@require_safe
@permission_required(permissions.VIEW)
def key_list(request: HttpRequest) -> HttpResponseBase:
    """All key evaluations, narrowed by year."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        KEYS,
        lambda wish: selectors.key_evaluations(actor, wish.get("year")),
        template="evaluation/keys.html",
        context={"form": forms.KeyOpenForm(), "may_score": allowed(actor, permissions.SCORE)},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_POST
@permission_required(permissions.SCORE)
def open_key(request: HttpRequest) -> HttpResponse:
    """Begin one."""
    made: list[int] = []

    def deed() -> str:
        valid(form := forms.KeyOpenForm(request.POST))
        row = services.open_key(
            actor=permissions.actor_of(request),
            fiscal_year=form.cleaned_data["year"],
            project_code=form.cleaned_data["project"],
        )
        made.append(row.pk)
        return "已开始重点评价。"

    answer = told(request, reverse("evaluation:keys"), deed)
    return HttpResponseRedirect(reverse("evaluation:key", args=made)) if made else answer


@require_safe
@permission_required(permissions.VIEW)
def key(request: HttpRequest, number: int) -> HttpResponse:
    """One of them."""
    page = selectors.key_page(permissions.actor_of(request), number)
    row = page.row
    items = [
        (
            each,
            [(name, each.item.points.get(name)) for name in row.experts],
            page.comments.get(each.item.number, ()),
        )
        for each in page.result.items
    ]
    context = {
        "page": page,
        "row": row,
        "kind": KEY_KIND,
        "items": items,
        "parts": page.result.parts,
        "state_label": KEY_STATES[row.state],
        "grade": grade_badge(page.result.grade),
        "words": forms.KeyWordsForm(
            initial={"experience": row.experience, "problems": row.problems, "advice": row.advice}
        ),
    }
    return render(request, "evaluation/key.html", context)


@require_POST
@permission_required(permissions.SCORE)
def frame(request: HttpRequest, number: int) -> HttpResponse:
    """Change its weights."""

    def deed() -> str:
        services.frame_key(
            actor=permissions.actor_of(request), key_id=number, weights=forms.key_weights(request.POST)
        )
        return "已保存权重。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.SCORE)
def score(request: HttpRequest, number: int) -> HttpResponse:
    """Enter an expert's points."""

    def deed() -> str:
        points, comments = forms.key_points(request.POST)
        services.score_key(
            actor=permissions.actor_of(request),
            key_id=number,
            expert=request.POST.get("expert", ""),
            points=points,
            comments=comments,
        )
        return "已登记专家打分。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.SCORE)
def write(request: HttpRequest, number: int) -> HttpResponse:
    """Write what its report says."""

    def deed() -> str:
        valid(form := forms.KeyWordsForm(request.POST))
        services.write_key(actor=permissions.actor_of(request), key_id=number, **form.cleaned_data)
        return "已保存。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Finish it."""

    def deed() -> str:
        services.close_key(
            actor=permissions.actor_of(request), key_id=number, expected=request.POST.get("state", "")
        )
        return "已完成重点评价。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.EXPORT)
def report(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for its report."""

    def deed() -> str:
        ending = request.POST.get("format", "docx")
        services.request_report(actor=permissions.actor_of(request), format=ending, key_id=number)
        return "正在生成，过几秒刷新本页下载。"

    return told(request, _back(number), deed)


def _back(number: int) -> str:
    return reverse("evaluation:key", args=[number])
