"""The credit of one party: score item by item, history, appeals, certificate; the own page of parties."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import told
from youju.rules.trade.credit.lifecycle import PLEA_STATES, PLEAS
from youju.trade.credit import charts, permissions, selectors, services
from youju.trade.credit.services import CreditRefusedError
from youju.trade.credit.web.forms import PleaForm
from youju.trade.credit.web.shared import PLEA_TONES, TONES, both, tabs_for


@require_safe
@permission_required(permissions.OWN)
def own(request: HttpRequest) -> HttpResponse:
    """The credit of one's own parties; of a single one, its page."""
    actor = permissions.actor_of(request)
    rows = selectors.own_parties(actor)
    if len(rows) == 1:
        return HttpResponseRedirect(reverse("credit:party", args=[rows[0].party_id]))
    return render(
        request, "credit/own.html", {"rows": [(row, TONES.get(row.grade, "plain")) for row in rows]}
    )


@require_safe
@any_permission_required(permissions.VIEW, permissions.OWN)
def party(request: HttpRequest, number: int) -> HttpResponse:
    """One party."""
    actor = permissions.actor_of(request)
    page = selectors.score_page(actor, number, month=request.GET.get("month", ""))
    past = [(f"{each.snapshot.month:%Y-%m}", float(each.total)) for each in reversed(page.history)]
    most = float(page.score.most) if page.score else 0.0
    context = {
        "page": page,
        "score": page.score,
        "tone": TONES.get(page.score.grade, "plain") if page.score else "plain",
        "picture": both(lambda width: charts.history(past, most, width=width)) if len(past) > 1 else "",
        "past_head": ("月份", "得分", "等级"),
        "past": [(f"{each.snapshot.month:%Y-%m}", each.total, each.grade) for each in page.history],
        "pleas": [(each, PLEAS[each.kind], PLEA_STATES.get(each.state, each.state), PLEA_TONES.get(each.state, "plain"))
                  for each in page.pleas],
        "kinds": PLEAS,
        "inside": allowed(actor, permissions.VIEW),
        "may_certify": allowed(actor, permissions.OWN) or allowed(actor, permissions.SCORE),
        "may_revoke": allowed(actor, permissions.SCORE),
        "tabs": tabs_for(request),
    }  # fmt: skip
    response = render(request, "credit/party.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.APPEAL)
def plead(request: HttpRequest, number: int) -> HttpResponse:
    """Ask that a record be looked at again, or count no more."""
    actor = permissions.actor_of(request)
    given = request.POST if request.method == "POST" else request.GET
    kind, mark, month = given.get("kind", ""), given.get("record", ""), given.get("month", "")
    page = selectors.score_page(actor, number, month=month)
    record = next((each for item in page.items for each in item.against if each.mark == mark), None)
    if kind not in PLEAS or record is None or not page.may_plead:
        raise InputError("没有这条记录", how="请从得分明细里选择", status=404)
    form = PleaForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.submit_plea(
                actor=actor, kind=kind, party_id=number, mark=mark, reason=form.cleaned_data["reason"], files=form.given,
                month=month,
            )  # fmt: skip
        except CreditRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已提交{PLEAS[kind]} {made.number}，办理结果会在这里告知。")
            return HttpResponseRedirect(reverse("credit:plea", args=[made.pk]))
    context = {
        "form": form,
        "page": page,
        "record": record,
        "kind": kind,
        "word": PLEAS[kind],
        "month": month,
    }
    return render(request, "credit/plead.html", context, status=422 if form.errors else 200)


@require_POST
@any_permission_required(permissions.OWN, permissions.SCORE)
def certify(request: HttpRequest, number: int) -> HttpResponse:
    """Have a certificate made."""

    def deed() -> str:
        row = services.issue_certificate(
            actor=permissions.actor_of(request), party_id=number, here=request.build_absolute_uri("/")
        )
        return f"信用证明已出具，{row.valid_until} 前有效。正在生成，稍等片刻刷新本页就能下载。"

    return told(request, reverse("credit:party", args=[number]), deed)


@require_safe
@any_permission_required(permissions.VIEW, permissions.OWN)
def certificate(request: HttpRequest, number: int) -> HttpResponseBase:
    """A certificate as pdf."""
    found, kept = services.hand_out_certificate(actor=permissions.actor_of(request), certificate_id=number)
    return file_response(request, kept, name=found.name)


@require_POST
@permission_required(permissions.SCORE)
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """A certificate is good no more."""
    actor = permissions.actor_of(request)
    row = selectors.certificate_of(actor, number)

    def deed() -> str:
        services.revoke_certificate(actor=actor, certificate_id=number, reason=request.POST.get("reason", ""))
        return "证明已作废，核对页面会如实告知。"

    return told(request, reverse("credit:party", args=[row.party_id]), deed)
