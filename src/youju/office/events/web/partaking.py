"""One sign-up and one order won, for the centre."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.countries import name_of
from youju.foundation.shell.deeds import told, valid
from youju.office.events import permissions, selectors, services
from youju.office.events.web import forms
from youju.office.events.web.listings import DEAL_TONES, SIGNUP_TONES
from youju.office.events.web.sending import handed
from youju.rules.office.events.kinds import DEAL_STATES
from youju.rules.office.events.lifecycle import DEAL_KIND, SIGNUP_KIND, SIGNUP_STATES


@require_safe
@permission_required(permissions.VIEW)
def signup(request: HttpRequest, number: int) -> HttpResponse:
    """One sign-up."""
    page = selectors.signup_page(permissions.actor_of(request), number)
    row = page.row
    return render(
        request,
        "events/signup.html",
        {
            "page": page,
            "row": row,
            "kind": SIGNUP_KIND,
            "state_label": SIGNUP_STATES[row.state],
            "tone": SIGNUP_TONES.get(row.state, "plain"),
            "deals": [
                (each, name_of(each.country), DEAL_STATES[each.state], DEAL_TONES[each.state])
                for each in page.deals
            ],
            "deal": forms.DealForm(),
        },
    )


@require_POST
@permission_required(permissions.EDIT)
def signup_step(request: HttpRequest, number: int) -> HttpResponse:
    """Let it in or refuse it."""

    def deed() -> str:
        row = services.decide_signup(
            actor=permissions.actor_of(request),
            signup_id=number,
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
        )
        return f"已办理，报名现在的状态是“{SIGNUP_STATES[row.state]}”。"

    return told(request, reverse("events:signup", args=[number]), deed)


@require_POST
@permission_required(permissions.EDIT)
def booth(request: HttpRequest, number: int) -> HttpResponse:
    """Give it the number of its booth."""

    def deed() -> str:
        services.place_booth(
            actor=permissions.actor_of(request), signup_id=number, booth=request.POST.get("booth", "")
        )
        return "已安排展位。"

    return told(request, reverse("events:signup", args=[number]), deed)


@require_POST
@permission_required(permissions.UNMASK)
def signup_contact(request: HttpRequest, number: int) -> HttpResponse:
    """Show the contact, once; the look stands on the trail."""
    name, phone = services.unmask_signup(actor=permissions.actor_of(request), signup_id=number)
    back = reverse("events:signup", args=[number])
    return contact_page(request, name, phone, back)


def contact_page(request: HttpRequest, name: str, phone: str, back: str) -> HttpResponse:
    """A contact that was opened; nobody on the way keeps it."""
    context = {"name": name, "phone": phone, "back": back}
    response = render(request, "events/contact.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
@permission_required(permissions.EDIT)
def declare(request: HttpRequest, number: int) -> HttpResponse:
    """Write an order down for the firm."""

    def deed() -> str:
        valid(form := forms.DealForm(request.POST, request.FILES))
        proof = form.cleaned_data["proof"]
        services.declare_deal(
            actor=permissions.actor_of(request),
            signup_id=number,
            wish=form.wish,
            proof=proof.file if proof else None,
            proof_name=proof.name if proof else "",
        )
        return "已登记这笔成交，由别人核实。"

    return told(request, reverse("events:signup", args=[number]) + "#deals", deed)


@require_safe
@permission_required(permissions.VIEW)
def deal(request: HttpRequest, number: int) -> HttpResponse:
    """One order won."""
    page = selectors.deal_page(permissions.actor_of(request), number)
    row = page.row
    context = {
        "page": page,
        "row": row,
        "kind": DEAL_KIND,
        "country": name_of(row.country),
        "state_label": DEAL_STATES[row.state],
        "tone": DEAL_TONES[row.state],
        "decision": forms.DecisionForm(),
        "file": forms.FileForm(),
    }
    return render(request, "events/deal.html", context)


@require_POST
@permission_required(permissions.EDIT)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm it or refuse it."""

    def deed() -> str:
        given = valid(forms.DecisionForm(request.POST))
        row = services.decide_deal(
            actor=permissions.actor_of(request),
            deal_id=number,
            confirm=given["decision"] == "confirm",
            reason=str(given["reason"]),
        )
        return f"已核实，结果是“{DEAL_STATES[row.state]}”。"

    return told(request, reverse("events:deal", args=[number]), deed)


@require_POST
@permission_required(permissions.EDIT)
def prove(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file in that proves it."""
    return told(request, reverse("events:deal", args=[number]), lambda: proved(request, number))


def proved(request: HttpRequest, number: int) -> str:
    """Keep the file of a form with an order; what is said of it."""
    valid(form := forms.FileForm(request.POST, request.FILES))
    given = form.cleaned_data["file"]
    services.add_proof(
        actor=permissions.actor_of(request), deal_id=number, content=given.file, name=given.name
    )
    return "已上传证明。"


@require_safe
@permission_required(permissions.VIEW)
def proof(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """A file that proves it."""
    actor = permissions.actor_of(request)
    return handed(request, services.hand_out_proof(actor=actor, deal_id=number, file_id=file))
