"""A foreign buyer's own filing, as the buyer's pages show it: in English as well, the passport covered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.rules.law import table
from youju.rules.trade.parties.lifecycle import APPROVED, DRAFT, PARTY_FLOW, RETURNED, REVIEWING, SUBMITTED
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties import events
from youju.trade.parties.models import Party

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

WAY = (DRAFT, SUBMITTED, REVIEWING, APPROVED)
"""The states of the usual way, in order."""


@dataclass(frozen=True, slots=True)
class BuyerPage:
    """A buyer's filing. ``passport`` is masked; ``reason``: why it was returned, in the officer's words."""

    party_id: int
    number: str
    state: str
    state_label: str
    place: int
    name: str
    name_en: str
    country: str
    buyer_type: str
    buyer_type_label: str
    contact: str
    email: str
    passport: str
    submitted_at: datetime | None
    valid_to: date | None
    reason: str

    @property
    def may_change(self) -> bool:
        """Whether the buyer may still correct and send it."""
        return self.state in (DRAFT, RETURNED)


def buyer_types() -> dict[str, str]:
    """The kinds of buyers: code → Chinese name, by policy."""
    return {
        code: str(label)
        for code, label in table(law_on(timezone.localdate()), "trade.parties.buyer_types").items()
    }


def buyer_page(actor: User) -> BuyerPage | None:
    """The newest filing as a buyer of the actor's organisation; ``None`` while there is none. Four queries."""
    rows = Party.objects.filter(
        organisation_id=actor.organisation_id, roles__contains=[PartyRole.BUYER.value], merged_into=None
    )
    row = rows.prefetch_related("identifiers").order_by("-created_at", "-pk").first()
    if row is None:
        return None
    log = workflow.log_of(events.party_subject(row)) if row.state == RETURNED else ()
    passport = next((each.masked for each in row.identifiers.all() if each.kind == "passport"), "")
    return BuyerPage(
        party_id=row.pk,
        number=row.number,
        state=row.state,
        state_label=PARTY_FLOW.state(row.state).label,
        place=WAY.index(row.state) + 1 if row.state in WAY else 1,
        name=row.name,
        name_en=row.name_en,
        country=row.country,
        buyer_type=row.buyer_type,
        buyer_type_label=buyer_types().get(row.buyer_type, row.buyer_type),
        contact=row.contact,
        email=row.email,
        passport=passport,
        submitted_at=row.submitted_at,
        valid_to=row.valid_to,
        reason=log[-1].reason if log else "",
    )
