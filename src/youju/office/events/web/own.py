"""What an enterprise does: finds an event, signs up, takes it back, declares what it won, checks in at a session."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.countries import name_of
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import told
from youju.foundation.shell.listing import render_listing
from youju.office.events import permissions, selectors, services
from youju.office.events.services import EventRefusedError
from youju.office.events.web import forms
from youju.office.events.web.listings import DEAL_TONES, SIGNUP_TONES, days_of
from youju.office.events.web.own_lists import MINE, OFFERED
from youju.office.events.web.partaking import proved
from youju.office.events.web.sending import handed
from youju.rules.office.events.kinds import DEAL_STATES, KIND_NAMES, PLACE_UNITS
from youju.rules.office.events.lifecycle import SIGNUP_STATES


@require_safe
@permission_required(permissions.OWN)
def offered(request: HttpRequest) -> HttpResponseBase:
    """The events that were announced; those that take sign-ups today unless all are asked for."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        OFFERED,
        lambda wish: selectors.announced(actor, text=wish.get("text") or "", still_open=not wish.get("past")),
        template="events/own_list.html",
    )


@require_safe
@permission_required(permissions.OWN)
def mine(request: HttpRequest) -> HttpResponseBase:
    """The sign-ups of the actor's organisation."""
    actor = permissions.actor_of(request)
    return render_listing(request, MINE, lambda _: selectors.signups(actor), template="events/own_list.html")


@require_safe
@permission_required(permissions.OWN)
def event(request: HttpRequest, number: int) -> HttpResponse:
    """One announced event."""
    return _show(request, number, None)


@require_POST
@permission_required(permissions.OWN)
def sign_up(request: HttpRequest, number: int) -> HttpResponse:
    """Sign up."""
    form = forms.SignupForm(request.POST)
    if form.is_valid():
        try:
            row = services.sign_up(actor=permissions.actor_of(request), event_id=number, wish=form.wish)
        except EventRefusedError as error:
            form.refuse(error)
        except InputError as error:
            if error.status in (404, 409):
                raise
            form.add_error(None, str(error))
        else:
            if row.state == "waiting":
                messages.warning(request, "名额已满，已排入候补；有空出的名额按报名先后递补。")
            else:
                messages.success(request, "已报名，等服务中心审核。")
            return HttpResponseRedirect(_back(number))
    return _show(request, number, form)


@require_POST
@permission_required(permissions.OWN)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a sign-up back."""
    actor = permissions.actor_of(request)
    row = selectors.signup_of(actor, number)

    def deed() -> str:
        services.decide_signup(
            actor=actor, signup_id=number, step="withdraw", expected=request.POST.get("state", "")
        )
        return "已撤回报名。"

    return told(request, _back(row.event_id), deed)


@require_POST
@permission_required(permissions.OWN)
def declare(request: HttpRequest, number: int) -> HttpResponse:
    """Declare an order that was won."""
    actor = permissions.actor_of(request)
    row = selectors.signup_of(actor, number)
    form = forms.DealForm(request.POST, request.FILES)
    if form.is_valid():
        proof = form.cleaned_data["proof"]
        try:
            services.declare_deal(
                actor=actor,
                signup_id=number,
                wish=form.wish,
                proof=proof.file if proof else None,
                proof_name=proof.name if proof else "",
            )
        except EventRefusedError as error:
            form.refuse(error)
        except InputError as error:
            if error.status in (404, 409):
                raise
            form.add_error("proof" if error.status in (413, 415) else None, str(error))
        else:
            messages.success(request, "已申报这笔成交，等服务中心核实。")
            return HttpResponseRedirect(_back(row.event_id) + "#deals")
    return _show(request, row.event_id, form)


@require_safe
@permission_required(permissions.OWN)
def deal(request: HttpRequest, number: int) -> HttpResponse:
    """One order that this organisation declared."""
    page = selectors.deal_page(permissions.actor_of(request), number)
    context = {
        "page": page,
        "row": page.row,
        "country": name_of(page.row.country),
        "state_label": DEAL_STATES[page.row.state],
        "tone": DEAL_TONES[page.row.state],
        "file": forms.FileForm(),
    }
    return render(request, "events/own_deal.html", context)


@require_POST
@permission_required(permissions.OWN)
def prove(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file in that proves it."""
    return told(request, reverse("events:own-deal", args=[number]), lambda: proved(request, number))


@require_safe
@permission_required(permissions.OWN)
def proof(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """A file that proves it."""
    actor = permissions.actor_of(request)
    return handed(request, services.hand_out_proof(actor=actor, deal_id=number, file_id=file))


@require_safe
@permission_required(permissions.OWN)
def file(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """Material of an announced event."""
    actor = permissions.actor_of(request)
    if all(each.id != file for each in selectors.own_event_page(actor, number).files):
        raise Http404("没有这个文件。")
    return handed(request, services.hand_out_file(actor=actor, event_id=number, file_id=file))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.OWN)
def check_in(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the code in the room: whoever came says so, with a name."""
    actor = permissions.actor_of(request)
    if request.method == "POST":

        def deed() -> str:
            row = services.check_in(actor=actor, token=token, person=request.POST.get("person", ""))
            return f"{row.person}已签到。"

        return told(request, reverse("events:check-in", args=[token]), deed)
    page = selectors.check_in_page(actor, token)
    return render(request, "events/check_in.html", {"page": page, "firm": actor.organisation.name})


def _show(
    request: HttpRequest, number: int, refused: forms.SignupForm | forms.DealForm | None
) -> HttpResponse:
    page = selectors.own_event_page(permissions.actor_of(request), number)
    row, signup = page.event, page.signup
    context = {
        "page": page,
        "row": row,
        "kind_label": KIND_NAMES[row.kind],
        "days": days_of(row),
        "country": name_of(row.country),
        "unit": PLACE_UNITS.get(row.kind, "名额"),
        "signup_label": SIGNUP_STATES[signup.state] if signup else "",
        "signup_tone": SIGNUP_TONES.get(signup.state, "plain") if signup else "",
        "ended_label": SIGNUP_STATES[page.ended.state] if page.ended else "",
        "deals": [
            (each, name_of(each.country), DEAL_STATES[each.state], DEAL_TONES[each.state])
            for each in page.deals
        ],
        "form": refused if isinstance(refused, forms.SignupForm) else forms.SignupForm(),
        "deal": refused if isinstance(refused, forms.DealForm) else forms.DealForm(),
    }
    return render(request, "events/own_event.html", context, status=422 if refused else 200)


def _back(number: int) -> str:
    return reverse("events:own-event", args=[number])
