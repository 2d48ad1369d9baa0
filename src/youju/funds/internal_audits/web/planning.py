"""The yearly plan: drafted, its projects, its way to approval; engagements begun and ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.limits import sections
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import revision, told
from youju.funds.internal_audits import permissions, selectors, services
from youju.funds.internal_audits.web.forms import EndForm, ItemForm, PlanForm
from youju.funds.internal_audits.web.telling import TONES, attempted
from youju.rules.funds.internal_audits.lifecycle import FINDING_STATES, PLAN_KIND, PLAN_STATES


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.PLAN)
def new_plan(request: HttpRequest) -> HttpResponse:
    """Begin the plan of a year."""
    form = PlanForm(
        request.POST if request.method == "POST" else None, initial={"year": timezone.localdate().year}
    )

    def deed() -> tuple[str, str]:
        row = services.draft_plan(
            actor=permissions.actor_of(request), year=form.cleaned_data["year"], wish=form.wish
        )
        return "已起草。接着加入监督项目。", reverse("internal_audits:plan", args=[row.year])

    if request.method == "POST" and (done := attempted(request, form, deed, {"年度": "year"})):
        return done
    return render(
        request, "internal_audits/plan_form.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.PLAN)
def edit_plan(request: HttpRequest, year: int) -> HttpResponse:
    """Put the words of a draft right."""
    actor = permissions.actor_of(request)
    row = selectors.plan_of(actor, year)
    first = {"year": row.year, "title": row.title, "themes": "、".join(row.themes), "note": row.note}
    form = PlanForm(
        {**request.POST.dict(), "year": year} if request.method == "POST" else None, initial=first
    )
    form.fields["year"].disabled = True

    def deed() -> tuple[str, str]:
        services.change_plan(actor=actor, year=year, wish=form.wish, revision=revision(request))
        return "已保存。", reverse("internal_audits:plan", args=[year])

    if request.method == "POST" and (done := attempted(request, form, deed)):
        return done
    context = {"form": form, "row": row}
    return render(request, "internal_audits/plan_form.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def plan(request: HttpRequest, year: int) -> HttpResponse:
    """One plan."""
    return _show(request, year, None)


@require_POST
@permission_required(permissions.PLAN)
def add_item(request: HttpRequest, year: int) -> HttpResponse:
    """Write a project into a draft."""
    form = ItemForm(request.POST)

    def deed() -> tuple[str, str]:
        services.add_item(actor=permissions.actor_of(request), year=year, wish=form.wish)
        return "已加入这个项目。", reverse("internal_audits:plan", args=[year]) + "#items"

    return attempted(request, form, deed, {"负责人": "lead", "科室": "sections"}) or _show(
        request, year, form
    )


@require_POST
@permission_required(permissions.PLAN)
def remove_item(request: HttpRequest, year: int, place: int) -> HttpResponse:
    """Take a project out of a draft."""

    def deed() -> str:
        services.remove_item(actor=permissions.actor_of(request), year=year, place=place)
        return "已删去这个项目。"

    return told(request, reverse("internal_audits:plan", args=[year]) + "#items", deed)


@require_POST
@permission_required(permissions.VIEW)
def step_plan(request: HttpRequest, year: int) -> HttpResponse:
    """Take a step with a plan."""
    row = services.step_plan(
        actor=permissions.actor_of(request),
        year=year,
        step=request.POST.get("transition", ""),
        reason=request.POST.get("reason", ""),
        expected=request.POST.get("state", ""),
    )
    messages.success(request, f"已办理，计划现在的状态是“{PLAN_STATES[row.state]}”。")
    return HttpResponseRedirect(reverse("internal_audits:plan", args=[year]))


@require_POST
@permission_required(permissions.FIND)
def open_engagement(request: HttpRequest, year: int, place: int) -> HttpResponse:
    """Begin a project of an approved plan."""
    row = services.open_engagement(actor=permissions.actor_of(request), year=year, place=place)
    messages.success(request, f"监督项目 {row.number} 已经开始。接着抽取样本，或直接登记问题。")
    return HttpResponseRedirect(reverse("internal_audits:engagement", args=[row.pk]))


@require_safe
@permission_required(permissions.VIEW)
def engagement(request: HttpRequest, number: int) -> HttpResponse:
    """One engagement."""
    return _show_engagement(request, number, None)


@require_POST
@permission_required(permissions.FIND)
def end_engagement(request: HttpRequest, number: int) -> HttpResponse:
    """End an engagement with its conclusion."""
    form = EndForm(request.POST)

    def deed() -> tuple[str, str]:
        given = form.cleaned_data["conclusion"]
        services.end_engagement(actor=permissions.actor_of(request), engagement_id=number, conclusion=given)
        return "监督项目已经结束。", reverse("internal_audits:engagement", args=[number])

    return attempted(request, form, deed, {"结论": "conclusion"}) or _show_engagement(request, number, form)


def _show(request: HttpRequest, year: int, refused: ItemForm | None) -> HttpResponse:
    page, known = selectors.plan_page(permissions.actor_of(request), year), sections()
    context = {
        "page": page,
        "row": page.row,
        "kind": PLAN_KIND,
        "items": [
            (item, "、".join(known.get(each, each) for each in item.sections), begun)
            for item, begun in page.items
        ],
        "form": refused or ItemForm(),
        "refused": refused,
    }
    return render(request, "internal_audits/plan.html", context, status=422 if refused else 200)


def _show_engagement(request: HttpRequest, number: int, refused: EndForm | None) -> HttpResponse:
    page = selectors.engagement_page(permissions.actor_of(request), number)
    context = {
        "page": page,
        "row": page.row,
        "item": page.row.item,
        "findings": [(each, FINDING_STATES[each.state], TONES[each.state]) for each in page.findings],
        "form": refused or EndForm(),
        "kind": "internal_audits.engagement",
    }
    return render(request, "internal_audits/engagement.html", context, status=422 if refused else 200)
