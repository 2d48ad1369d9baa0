"""Drafting in the browser: the form by clause, kept while typing, with a live example."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.funds.subsidies import permissions, selectors, services
from youju.funds.subsidies.web import policies_form as forms
from youju.rules.funds.subsidies.policy_lifecycle import DRAFT


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.DRAFT)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """The form; a post keeps the draft, and a button may add, drop or move a clause."""
    actor = permissions.actor_of(request)
    row = selectors.policy_row(actor=actor, policy_id=number)
    if row is None or row.state != DRAFT:
        raise Http404("没有这份草稿，或它已经提交。")
    typed, error, text = request.POST, "", dict(row.text)
    if request.method == "POST":
        act = typed.get("act", "save")
        text = forms.acted(forms.text_of(typed, row.text), act)
        try:
            services.save_and_try(
                actor=actor,
                policy_id=number,
                text=text,
                expected=_revision(typed.get("revision", "")),
                example=forms.example_of(typed, text),
            )
        except InputError as fault:
            error = str(fault)
        else:
            where = "subsidies:policy" if act == "done" else "subsidies:policy-edit"
            return HttpResponseRedirect(reverse(where, args=[number]))
    tried = services.tried(row, forms.example_of(typed, row.text))
    context = {
        **_context(row, text, typed),
        "tried": tried,
        "error": error,
    }
    return render(request, "subsidies/policies/edit.html", context, status=422 if error else 200)


@require_POST
@permission_required(permissions.DRAFT)
def keep(request: HttpRequest, number: int) -> HttpResponse:
    """What was typed, kept a moment later; answers with what the rules say and what the example gets."""
    actor, typed = permissions.actor_of(request), request.POST
    row = selectors.policy_row(actor=actor, policy_id=number)
    if row is None:
        raise Http404("没有这份草稿。")
    text = forms.text_of(typed, row.text)
    try:
        tried = services.save_and_try(
            actor=actor,
            policy_id=number,
            text=text,
            expected=_revision(typed.get("revision", "")),
            example=forms.example_of(typed, text),
        )
    except InputError as error:
        return render(request, "subsidies/policies/_tried.html", {"error": str(error), "row": row})
    return render(request, "subsidies/policies/_tried.html", {"tried": tried, "row": tried.row, "kept": True})


def _context(row: Any, text: dict[str, Any], typed: Any) -> dict[str, Any]:
    eligible, stacking = text.get("eligible") or {}, text.get("stacking") or {}
    return {
        "row": row,
        "head": forms.head_inputs(text),
        "clauses": forms.clause_forms(text),
        "roles": [(code, label, code in (eligible.get("roles") or ())) for code, label in forms.ROLES],
        "kinds": forms.KINDS,
        "counts": forms.COUNTS,
        "against": " ".join(stacking.get("against") or ()),
        "counts_now": stacking.get("counts", "better"),
        "evidence": forms.evidence_lines(text),
        "text": text,
        "new_clauses": forms.NEW_CLAUSES,
        "example": forms.example_inputs(typed),
    }


def _revision(value: str) -> int:
    """The revision that the form was made from; none that there is where it says nothing sensible."""
    return int(value) if value.isdecimal() and value.isascii() and len(value) <= 9 else -1
