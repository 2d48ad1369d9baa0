"""Deeds with self-evaluations: begun, filled in, handed on, reduced, applied."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import revision, told
from youju.performance.evaluation import permissions, services
from youju.performance.evaluation.web import forms
from youju.performance.evaluation.web.lists import overview_of, year_of
from youju.rules.performance.evaluation.lifecycle import SELF_FLOW, STATES


@require_POST
@permission_required(permissions.VIEW)
def open_year(request: HttpRequest) -> HttpResponse:
    """Begin the self-evaluations of a year."""
    year = year_of(request)

    def deed() -> str:
        if year is None:
            raise InputError("没有写年度", how="请填四位年度")
        count = services.open_year(actor=permissions.actor_of(request), fiscal_year=year)
        return f"已为 {count} 个项目建立自评。" if count else "各项目的自评都已建立。"

    return told(request, overview_of(year), deed)


@require_POST
@permission_required(permissions.FILL)
def fill(request: HttpRequest, number: int) -> HttpResponse:
    """Save what is filled in: by the button, or by the page itself while somebody types."""
    actor = permissions.actor_of(request)
    if request.headers.get("HX-Request"):
        try:
            head = services.fill(
                actor=actor,
                evaluation_id=number,
                wish=forms.fill_wish(request.POST),
                revision=_seen(request),
            )
        except InputError as error:
            return render(request, "evaluation/_saved.html", {"error": str(error)})
        saved = f"{timezone.localtime():%H:%M:%S}"
        return render(request, "evaluation/_saved.html", {"saved": saved, "revision": head.revision})

    def deed() -> str:
        services.fill(
            actor=actor, evaluation_id=number, wish=forms.fill_wish(request.POST), revision=_seen(request)
        )
        return "已保存。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Take a step with it."""

    def deed() -> str:
        code = request.POST.get("transition", "")
        row = services.take_step(
            actor=permissions.actor_of(request),
            evaluation_id=number,
            step=code,
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
        )
        return f"已办理“{SELF_FLOW.transition(code).label}”，状态是“{STATES[row.state]}”。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.CHECK)
def reduce(request: HttpRequest, number: int, row: int) -> HttpResponse:
    """Decide that a row loses points, or take the decision back."""

    def deed() -> str:
        rate = None
        if request.POST.get("act") != "drop":
            rate = forms.number_of(request.POST, "rate", "调减比例")
            if rate is None:
                raise InputError("没有写调减比例", where=f"第 {row} 行", how="请填百分数")
        services.reduce_row(
            actor=permissions.actor_of(request),
            evaluation_id=number,
            number=row,
            rate=rate,
            reason=request.POST.get("reason", ""),
        )
        return "已撤销调减。" if rate is None else "已登记调减的决定，得分已重算。"

    return told(request, f"{_back(number)}#row-{row}", deed)


@require_POST
@permission_required(permissions.VIEW)
def apply(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what follows in the next year."""

    def deed() -> str:
        made = services.apply_result(
            actor=permissions.actor_of(request),
            evaluation_id=number,
            note=request.POST.get("note", ""),
            expected=request.POST.get("state", ""),
        )
        return f"已登记：{made.follows_text}"

    return told(request, _back(number), deed)


def _seen(request: HttpRequest) -> int:
    seen = revision(request)
    return -1 if seen is None else seen


def _back(number: int) -> str:
    return reverse("evaluation:self", args=[number])
