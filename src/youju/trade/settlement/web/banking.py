"""The bank's own pages: look for a line, reserve, confirm, release."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.foundation.shell.deeds import told, valid
from youju.rules.law import whole
from youju.rules.trade.settlement.checks import HOURS
from youju.trade.settlement import permissions, selectors, services
from youju.trade.settlement.events import RESERVATION_KIND
from youju.trade.settlement.web.forms import ConfirmForm, LookForm, ReserveForm, today
from youju.trade.settlement.web.tabs import tabs_for
from youju.trade.settlement.web.telling import reservation_state


@require_safe
@permission_required(permissions.RESERVE)
def bank(request: HttpRequest) -> HttpResponse:
    """Look for the lines of a declaration, and reserve."""
    asked = "declaration" in request.GET
    form = LookForm(request.GET) if asked else LookForm()
    found = []
    if asked and form.is_valid():
        data = form.cleaned_data
        found = selectors.look(
            actor=permissions.actor_of(request), number=data["declaration"], g_no=data["g_no"]
        )
    hours = whole(law_on(timezone.localdate()), HOURS)
    offers = [
        (
            each,
            ReserveForm(auto_id=False, initial={"line": each.line, "amount": each.available, "hours": hours}),
        )
        for each in found
    ]
    context = {
        "form": form,
        "asked": asked and form.is_valid(),
        "offers": offers,
        "tabs": tabs_for(request),
        "hours": hours,
    }
    return render(request, "settlement/bank.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(permissions.RESERVE)
def reserve(request: HttpRequest) -> HttpResponse:
    """Reserve an amount of a line."""
    made: list[str] = []

    def deed() -> str:
        data = valid(ReserveForm(request.POST))
        row = services.reserve(
            actor=permissions.actor_of(request), line=int(str(data["line"])), amount=data["amount"],  # type: ignore[arg-type]
            hours=int(str(data["hours"])), reference=str(data["reference"]),
        )  # fmt: skip
        made.append(row.number)
        return (
            f"已占用 {row.amount:,} {row.currency}，{timezone.localtime(row.expires_at):%m-%d %H:%M} 到期。"
        )

    answer = told(request, reverse("settlement:bank"), deed)
    return HttpResponseRedirect(reverse("settlement:reservation", args=made)) if made else answer


@require_safe
@permission_required(permissions.VIEW)
def reservation(request: HttpRequest, number: str) -> HttpResponse:
    """One reservation; its bank confirms or releases it here."""
    return _show(request, number, None)


@require_http_methods(["POST"])
@permission_required(permissions.RESERVE)
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Collect on it."""
    form = ConfirmForm(request.POST)
    if form.is_valid():
        try:
            row, receipt = services.confirm(
                actor=permissions.actor_of(request), number=number, wish=form.wish()
            )
        except RefusedError as error:
            form.refuse(error)
        except InputError as error:
            if error.status == 404:
                raise Http404(str(error)) from error
            form.add_error(None, str(error))
        else:
            words = f"已确认 {row.confirmed:,} {row.currency}，收汇编号 {receipt.number}。"
            return told(request, reverse("settlement:reservation", args=[number]), lambda: words)
    return _show(request, number, form)


@require_POST
@permission_required(permissions.RESERVE)
def release(request: HttpRequest, number: str) -> HttpResponse:
    """Let it go."""

    def deed() -> str:
        services.release(
            actor=permissions.actor_of(request), number=number, reason=request.POST.get("reason", "")
        )
        return "占用已释放。"

    return told(request, reverse("settlement:reservation", args=[number]), deed)


def _show(request: HttpRequest, number: str, form: ConfirmForm | None) -> HttpResponse:
    actor = permissions.actor_of(request)
    found = selectors.reservation_page(actor=actor, number=number)
    if found is None:
        raise Http404("没有这笔占用。")
    row, moves = found
    own = allowed(actor, permissions.RESERVE) and row.organisation_id == actor.organisation_id
    overdue = row.state == "held" and row.expires_at <= timezone.now()
    facts = [
        ("报关单", f"{row.declaration} 第 {row.g_no} 项"),
        ("银行", row.organisation.name),
        ("银行业务编号", row.reference),
        ("占用时间", f"{timezone.localtime(row.created_at):%Y-%m-%d %H:%M}"),
        ("到期时间", f"{timezone.localtime(row.expires_at):%Y-%m-%d %H:%M}"),
        ("原因", row.reason),
    ]
    begun = {**today(), "amount": row.amount, "reference": row.reference}
    context = {
        "row": row,
        "state": reservation_state("expired" if overdue else row.state),
        "facts": [(label, value) for label, value in facts if value],
        "moves": moves,
        "form": form or ConfirmForm(initial=begun),
        "may_decide": own and row.state == "held" and not overdue,
        "tabs": tabs_for(request),
        "kind": RESERVATION_KIND,
    }
    return render(
        request, "settlement/reservation.html", context, status=422 if form and form.errors else 200
    )
