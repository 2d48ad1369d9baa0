"""A project's form in a round: figures as frozen, what people write beside them. With a script each part saves itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.limits import sections
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import revision, told, valid
from youju.performance.monitoring import permissions, selectors, services
from youju.performance.monitoring.documents.contexts import ahead_of, done_of
from youju.performance.monitoring.selectors import RowView
from youju.performance.monitoring.web.forms import ProjectForm, RowForm, SectionForm
from youju.performance.monitoring.web.telling import ORDER_TONES, colour_badge, likely_badge
from youju.rules.findings import Finding
from youju.rules.performance.monitoring.facts import CAUSES, LIKELIHOODS
from youju.rules.performance.monitoring.lifecycle import ORDER_STATES, ROUND_STATES

_NAMES = ("likelihood", "cause", "explanation", "measure", "remark")


@require_safe
@permission_required(permissions.VIEW)
def project(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """A project's form."""
    page = selectors.project_page(permissions.actor_of(request), number, place)
    row = page.project
    context = {
        "page": page,
        "project": row,
        "round": row.round,
        "state": ROUND_STATES[row.round.state],
        "section": sections().get(row.section, "各科室"),
        "colour": colour_badge(row.colour),
        "targets": colour_badge(row.targets_colour),
        "rows": [row_cells(each, page.may_fill) for each in page.rows],
        "orders": [
            (each, ORDER_STATES[each.state], ORDER_TONES.get(each.state, "plain")) for each in page.orders
        ],
        "form": ProjectForm(initial={"explanation": row.explanation, "measure": row.measure}),
        "section_form": SectionForm(initial={"section": row.section}),
    }
    return render(request, "monitoring/project.html", context)


@require_POST
@permission_required(permissions.VIEW)
def save_row(request: HttpRequest, number: str, place: int, row: int) -> HttpResponse:
    """Save one row; a script gets what is still missing back beside it."""
    back = reverse("monitoring:project", args=[number, place])
    form = RowForm(request.POST)

    def deed() -> tuple[int, list[Finding]]:
        valid(form)
        saved, found = services.fill_row(
            actor=permissions.actor_of(request), number=number, project=place, place=row, wish=form.wish,
            revision=revision(request),
        )  # fmt: skip
        return saved.revision, found

    return _saved(request, f"{back}#row-{row}", deed, f"第 {row} 行")


@require_POST
@permission_required(permissions.VIEW)
def save_project(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Save why the project's spending lags."""
    back = reverse("monitoring:project", args=[number, place])
    form = ProjectForm(request.POST)

    def deed() -> tuple[int, list[Finding]]:
        given: dict[str, Any] = valid(form)
        saved, found = services.fill_project(
            actor=permissions.actor_of(request),
            number=number,
            project=place,
            revision=revision(request),
            **given,
        )
        return saved.revision, found

    return _saved(request, f"{back}#execution", deed, "预算执行的说明")


@require_POST
@permission_required(permissions.EDIT)
def save_section(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Say which section answers for the project."""

    def deed() -> str:
        section = str(valid(SectionForm(request.POST))["section"])
        services.set_section(
            actor=permissions.actor_of(request), number=number, project=place, section=section
        )
        return "已保存责任科室。"

    return told(request, reverse("monitoring:project", args=[number, place]), deed)


def _saved(
    request: HttpRequest, back: str, deed: Callable[[], tuple[int, list[Finding]]], what: str
) -> HttpResponse:
    scripted = request.headers.get("HX-Request") == "true"
    try:
        now, found = deed()
    except InputError as error:
        if error.status == 404:
            raise
        if scripted:
            return render(request, "monitoring/_saved.html", {"refused": str(error)})
        messages.error(request, str(error))
        return HttpResponseRedirect(back)
    if scripted:
        return render(request, "monitoring/_saved.html", {"said": found, "revision": now})
    for each in found:
        messages.warning(request, each.told)
    messages.success(request, f"已保存{what}。")
    return HttpResponseRedirect(back)


def row_cells(view: RowView, may_fill: bool) -> dict[str, Any]:
    """A row as the form shows it."""
    row = view.row
    return {
        "row": row,
        "done": done_of(row) or "—",
        "ahead": ahead_of(row) or "—",
        "share": "—" if row.share is None else f"{row.share}%",
        "colour": colour_badge(row.colour),
        "likely": likely_badge(row.likelihood),
        "suggested": LIKELIHOODS.get(row.suggested, "没有建议"),
        "cause": CAUSES.get(row.cause, ""),
        "said": view.said,
        "orders": [
            (each, ORDER_STATES[each.state], ORDER_TONES.get(each.state, "plain")) for each in view.orders
        ],
        "form": RowForm(initial={name: getattr(row, name) for name in _NAMES}, auto_id=f"id_{row.place}_%s")
        if may_fill
        else None,
    }
