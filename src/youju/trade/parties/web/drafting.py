"""Drawing up an agreement: choose as whom, find the other side, write the terms; and changing them before both signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.parties.agreement_facts import (
    AGENT,
    AGENT_ROLES,
    PRINCIPAL,
    PRINCIPAL_ROLES,
    SIDE_NAMES,
    Side,
    terms_of,
)
from youju.trade.parties import permissions, selectors, services
from youju.trade.parties.selectors.directory import Entry
from youju.trade.parties.services import AgreementRefusedError
from youju.trade.parties.web.agreement_forms import WordingForm


@dataclass(frozen=True, slots=True)
class Standing:
    """As whom the actor may stand in an agreement: one of the own parties, on one side."""

    entry: Entry
    side: Side

    @property
    def code(self) -> str:
        """Its value in the form."""
        return f"{self.entry.id}-{self.side}"

    @property
    def label(self) -> str:
        """In words."""
        return f"{self.entry.name}（{SIDE_NAMES[self.side]}）"

    @property
    def wanted(self) -> Side:
        """The side that is looked for."""
        return AGENT if self.side == PRINCIPAL else PRINCIPAL

    @property
    def wanted_name(self) -> str:
        """The side that is looked for, in words."""
        return SIDE_NAMES[self.wanted]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.SIGN_AGREEMENTS)
def draft(request: HttpRequest) -> HttpResponse:
    """Choose the other side, then write the terms. Searching works with and without JavaScript."""
    actor = permissions.actor_of(request)
    standings = _standings(selectors.own_parties(actor))
    given = request.POST if request.method == "POST" else request.GET
    standing = next((each for each in standings if each.code == given.get("as")), None) or (
        standings[0] if standings else None
    )
    text = request.GET.get("q", "")
    found = selectors.find_partners(text=text, side=standing.wanted) if standing and text else []
    context = {"standings": standings, "standing": standing, "text": text, "found": found}
    if request.headers.get("HX-Target") == "partners":
        return render(request, "parties/_partners.html", context)
    partner = _partner(given.get("partner", "")) if standing else None
    form = WordingForm(request.POST or None, initial=_usual_days())
    if request.method == "POST" and standing and partner and form.is_valid():
        pair = (standing.entry.id, partner.id)
        principal_id, agent_id = pair if standing.side == PRINCIPAL else pair[::-1]
        try:
            row = services.draft_agreement(
                actor=actor, principal_id=principal_id, agent_id=agent_id, wording=form.wording
            )
        except AgreementRefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, f"已拟订 {row.number}。读一遍全文，没有问题就发出签署。")
            return HttpResponseRedirect(reverse("parties:agreement", args=[row.pk]))
    return render(
        request,
        "parties/agreement_new.html",
        {**context, "partner": partner, "form": form},
        status=422 if request.method == "POST" else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.SIGN_AGREEMENTS)
def revise(request: HttpRequest, number: int) -> HttpResponse:
    """Change the terms; signatures given to the earlier text become void."""
    actor = permissions.actor_of(request)
    row = selectors.agreement_of(actor, number)
    initial = {
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "revision": row.revision,
        **terms_of(row.terms).as_json(),
    }
    form = WordingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.revise_agreement(
                actor=actor,
                agreement_id=number,
                wording=form.wording,
                revision=_whole(request.POST.get("revision", "")),
            )
        except AgreementRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已修改。原先的签署如有，已经作废，请双方重新签署。")
            return HttpResponseRedirect(reverse("parties:agreement", args=[number]))
    return render(
        request,
        "parties/agreement_edit.html",
        {"row": row, "form": form, "signing": row.state == "signing"},
        status=422 if form.errors else 200,
    )


def _standings(parties: list[Entry]) -> list[Standing]:
    found = []
    for entry in parties:
        roles = set(entry.roles)
        found += [Standing(entry, PRINCIPAL)] if roles & PRINCIPAL_ROLES else []
        found += [Standing(entry, AGENT)] if roles & AGENT_ROLES else []
    return found


def _partner(typed: str) -> Entry | None:
    number = _whole(typed)
    return selectors.possible_partners([number]).get(number) if 0 <= number < 2**63 else None


def _whole(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() else -1


def _usual_days() -> dict[str, date]:
    """Today to the end of the next year."""
    today = timezone.localdate()
    return {"valid_from": today, "valid_to": date(today.year + 1, 12, 31)}
