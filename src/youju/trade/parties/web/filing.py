"""Filing on a phone or at the counter: role, fields, papers, a last look. Each step is saved; nothing is lost in between."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.law import whole
from youju.rules.trade.parties.fields import BY_CODE, label_of
from youju.trade.parties import permissions, selectors, services
from youju.trade.parties.web.forms import FieldsForm, PaperForm, RolesForm

STEPS = ("roles", "fields", "papers", "check")
BLANK = "PTY-001"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.FILE)
def begin(request: HttpRequest) -> HttpResponse:
    """Step 1 of a new filing."""
    form = RolesForm(request.POST or None, initial={"roles": request.GET.getlist("role")})
    if request.method == "POST" and form.is_valid():
        try:
            party = services.open_filing(actor=permissions.actor_of(request), **form.cleaned_data)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(step_url(party.pk, "fields"))
    context = {"form": form, "inside": _inside(request), "number": 1}
    return render(request, "parties/begin.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.FILE)
def edit(request: HttpRequest, party_id: int, step: str) -> HttpResponse:
    """One step of a filing that is written; a POST keeps it and goes on."""
    if step not in STEPS:
        raise Http404("没有这一步。")
    page = selectors.editor(permissions.actor_of(request), party_id)
    if step == "roles":
        return _roles(request, page)
    if step == "fields":
        return _fields(request, page)
    return _show(request, page, step)


def _roles(request: HttpRequest, page: selectors.Editing) -> HttpResponse:
    initial = {"roles": list(page.typed.roles), "name": page.typed.form.get("name", page.party.name)}
    form = RolesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.keep_filing(
            actor=permissions.actor_of(request),
            party_id=page.party.pk,
            base=_base(request),
            typed={"name": form.cleaned_data["name"]},
            roles=form.cleaned_data["roles"],
        )
        return HttpResponseRedirect(step_url(page.party.pk, "fields"))
    return _show(request, page, "roles", form=form, status=422 if form.errors else 200)


def _fields(request: HttpRequest, page: selectors.Editing) -> HttpResponse:
    if request.method != "POST":
        # What was never typed is not scolded before somebody wanted to go on.
        all_ = "check" in request.GET or page.returned
        said = [each for each in page.findings if all_ or each.rule != BLANK]
        return _show(request, page, "fields", form=_form(page, page.values, said))
    typed = _typed(request)
    try:
        services.keep_filing(
            actor=permissions.actor_of(request), party_id=page.party.pk, base=_base(request), typed=typed
        )
    except services.StaleDraftError as error:
        # What was typed stays on the page; pressing again takes it over what was saved elsewhere.
        form = _form(page, {code: str(value) for code, value in typed.items()}, ())
        return _show(
            request, page, "fields", form=form, error=f"{error}再按一次就以这里的内容为准。", status=409
        )
    if request.POST.get("act") == "save":
        messages.success(request, "已存为草稿。")
        return HttpResponseRedirect(reverse("parties:party", args=[page.party.pk]))
    after = selectors.editor(permissions.actor_of(request), page.party.pk)
    if any(each.at.get("field") in BY_CODE for each in after.errors):
        return HttpResponseRedirect(step_url(page.party.pk, "fields") + "?check=1")
    return HttpResponseRedirect(step_url(page.party.pk, "papers"))


@require_POST
@permission_required(permissions.FILE)
def keep(request: HttpRequest, party_id: int) -> JsonResponse:
    """Keep what is typed, for the script of the page: when, and the new version of the form."""
    try:
        kept = services.keep_filing(
            actor=permissions.actor_of(request), party_id=party_id, base=_base(request), typed=_typed(request)
        )
    except InputError as error:
        return _json({"detail": str(error)}, error.status)
    return _json({"at": f"{timezone.localtime(kept.at):%H:%M:%S}", "version": kept.version}, 200)


@require_POST
@permission_required(permissions.FILE)
def submit(request: HttpRequest, party_id: int) -> HttpResponse:
    """Hand the filing in; where a rule bars it, the last look says what and where."""
    actor = permissions.actor_of(request)
    try:
        party = services.submit_filing(
            actor=actor,
            party_id=party_id,
            explanation=request.POST.get("explanation", ""),
            expected=request.POST.get("state", ""),
        )
    except services.RefusedFilingError as error:
        page = selectors.editor(actor, party_id)
        return _show(request, page, "check", error=str(error), status=error.status)
    messages.success(request, "已提交，请等待受理；办到哪一步，在这里随时能看到。")
    return HttpResponseRedirect(reverse("parties:party", args=[party.pk]))


@require_POST
@permission_required(permissions.FILE)
def discard(request: HttpRequest, party_id: int) -> HttpResponse:
    """Give up a draft."""
    services.discard_filing(actor=permissions.actor_of(request), party_id=party_id)
    messages.info(request, "已放弃这份草稿。")
    return HttpResponseRedirect(reverse("parties:list" if _inside(request) else "parties:own"))


def step_url(party_id: int, step: str) -> str:
    """The address of a step."""
    return reverse("parties:edit", args=[party_id, step])


def _show(
    request: HttpRequest,
    page: selectors.Editing,
    step: str,
    *,
    form: Any = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    law = law_on(timezone.localdate())
    context: dict[str, Any] = {
        "page": page,
        "party": page.party,
        "base": page.typed.version,
        "number": STEPS.index(step) + 1,
        "form": form,
        "error": error,
        "inside": _inside(request),
        "seconds": whole(law, "trade.parties.autosave_seconds"),
        "findings": [_placed(page, each) for each in page.findings],
        "explanation": request.POST.get("explanation", ""),
    }
    if step == "papers":
        context["form"] = form or PaperForm(kinds=page.paper_kinds)
    return render(request, f"parties/edit_{step}.html", context, status=status)


def show_papers(request: HttpRequest, party_id: int, form: PaperForm) -> HttpResponse:
    """The step of the papers, with a form that was refused."""
    page = selectors.editor(permissions.actor_of(request), party_id)
    return _show(request, page, "papers", form=form, status=422)


def _form(page: selectors.Editing, values: Any, findings: Any) -> FieldsForm:
    return FieldsForm(fields=page.fields, values=values, findings=findings)


def _placed(page: selectors.Editing, finding: Finding) -> dict[str, Any]:
    """A finding for the list, with a link to the step that mends it."""
    field = str(finding.at.get("field", ""))
    step = {"roles": "roles", "papers": "papers"}.get(field, "fields")
    anchor = f"?check=1#id_{field}" if step == "fields" else ""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "place": label_of(field),
        "href": step_url(page.party.pk, step) + anchor,
    }


def _typed(request: HttpRequest) -> dict[str, object]:
    return {code: request.POST[code] for code in BY_CODE if code in request.POST}


def _base(request: HttpRequest) -> int:
    text = request.POST.get("base", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _inside(request: HttpRequest) -> bool:
    return allowed(request.user, permissions.VIEW)


def _json(value: dict[str, Any], status: int) -> JsonResponse:
    return JsonResponse(value, status=status, json_dumps_params={"ensure_ascii": False})
