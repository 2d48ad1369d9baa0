"""A proposal: made, its rows changed with a reason, turned into next year's draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.shell.deeds import revision
from youju.performance.proposals import permissions, selectors, services
from youju.performance.proposals.selectors import RowView
from youju.performance.proposals.web.forms import RowForm, YearForm
from youju.performance.proposals.web.lists import cures_of
from youju.performance.proposals.web.telling import attempted, state_badge
from youju.rules.performance.proposals.lifecycle import ADOPTED, PROPOSAL_KIND, PROPOSAL_STATES

_NAMES = ("level3", "raw_value", "description", "basis", "reason")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Make a proposal."""
    form = YearForm(request.POST if request.method == "POST" else None, initial=YearForm.usual())

    def deed() -> tuple[str, str]:
        made = services.make_proposal(actor=permissions.actor_of(request), **form.cleaned_data)
        said = f"已编制 {made.number}。请逐项核对，改动的写明理由。"
        return said, reverse("proposals:proposal", args=[made.number])

    if request.method == "POST" and (done := attempted(request, form, deed)):
        return done
    return render(request, "proposals/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def proposal(request: HttpRequest, number: str) -> HttpResponse:
    """One proposal; ``?project=`` shows one project's rows."""
    code = request.GET.get("project", "").replace("\0", "")[:64]
    page = selectors.proposal_page(permissions.actor_of(request), number)
    projects = list(dict.fromkeys((each.row.code, each.row.name) for each in page.rows))
    shown = code or (projects[0][0] if projects else "")
    context = {
        "page": page,
        "row": page.row,
        "state": state_badge(page.row.state, PROPOSAL_STATES),
        "projects": projects,
        "shown": shown,
        "rows": [_cells(each) for each in page.rows if each.row.code == shown],
        "kind": PROPOSAL_KIND,
        "adopted": page.row.state == ADOPTED,
    }
    return render(request, "proposals/proposal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def edit(request: HttpRequest, number: str, place: int, row: int) -> HttpResponse:
    """Change one row."""
    page = selectors.proposal_page(permissions.actor_of(request), number)
    view = next((each for each in page.rows if (each.row.place, each.row.row) == (place, row)), None)
    first = {name: getattr(view.row, name) for name in _NAMES} if view else {}
    form = RowForm(request.POST if request.method == "POST" else None, initial=first)

    def deed() -> tuple[str, str]:
        made = services.edit_row(
            actor=permissions.actor_of(request), number=number, place=place, row=row, wish=form.wish,
            revision=revision(request),
        )  # fmt: skip
        back = reverse("proposals:proposal", args=[number])
        return "已保存。", f"{back}?project={made.code}#row-{place}-{row}"

    if request.method == "POST" and (done := attempted(request, form, deed)):
        return done
    if view is None:
        return HttpResponseRedirect(reverse("proposals:proposal", args=[number]))
    context = {"form": form, "view": _cells(view), "row": page.row}
    return render(request, "proposals/edit.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(permissions.EDIT)
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Turn the proposal into next year's draft, or give it up."""
    actor, here = permissions.actor_of(request), reverse("proposals:proposal", args=[number])
    seen = request.POST.get("state", "")
    if request.POST.get("transition") == "adopt":
        try:
            made = services.adopt_proposal(actor=actor, number=number, expected=seen)
        except RefusedError as error:
            messages.error(request, f"还不能转成草稿：{error}")
            return HttpResponseRedirect(f"{here}#missing")
        messages.success(request, f"已转成 {made.year} 年绩效目标草稿，接着在“绩效目标”里修改、提交。")
    else:
        services.drop_proposal(
            actor=actor, number=number, reason=request.POST.get("reason", ""), expected=seen
        )
        messages.success(request, "已作废。")
    return HttpResponseRedirect(here)


def _cells(view: RowView) -> dict[str, Any]:
    row = view.row
    return {
        "row": row,
        "cures": cures_of(row),
        "left": [{"rule": rule, "told": f"{message}{how}"} for rule, message, how in row.left],
        "said": view.said,
        "changed": row.raw_value != row.former_value,
    }
