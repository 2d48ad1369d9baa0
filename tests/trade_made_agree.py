"""Parties, people and agreements for the tests of agency agreements, written straight into the tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from trade_people import as_, organisation, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.rules.trade.parties.agreement_facts import Terms
from youju.trade.parties import services
from youju.trade.parties.models import Agreement, Party
from youju.trade.parties.services import Wording

TERMS = Terms(
    goods="箱包及其辅料",
    fee_kind="rate",
    fee="0.8",
    collection="agent",
    settle_days=5,
    exemption="agent",
    reports_consignor=True,
)


def party(name: str, role: str, *, code: str = "", state: str = "approved", **fields: Any) -> Party:
    """A party on file, of the organisation with the code (nobody's without one)."""
    return Party.objects.create(
        name=name,
        number=fields.pop("number", f"ZC{Party.objects.count() + 1:06d}"),
        roles=[role],
        sections=fields.pop("sections", ["SC"] if role == "merchant" else ["WM"]),
        state=state,
        organisation=organisation(code) if code else None,
        **fields,
    )


def wording(**changes: Any) -> Wording:
    """A year from today, on terms that no rule is against; ``changes`` of days or of terms."""
    today = timezone.localdate()
    days = {
        "valid_from": changes.pop("valid_from", today),
        "valid_to": changes.pop("valid_to", today + timedelta(days=365)),
    }
    return Wording(**days, terms=replace(TERMS, **changes))


@dataclass(frozen=True)
class Pair:
    """A merchant and an agent with a person each."""

    merchant: Party
    agent: Party
    seller: User
    broker: User

    def drafted(self, **changes: Any) -> Agreement:
        """An agreement that the merchant drafted."""
        with as_(self.seller):
            return services.draft_agreement(
                actor=self.seller,
                principal_id=self.merchant.pk,
                agent_id=self.agent.pk,
                wording=wording(**changes),
            )

    def offered(self, **changes: Any) -> Agreement:
        """One that waits for both signatures."""
        row = self.drafted(**changes)
        with as_(self.seller):
            return services.take_agreement_step(actor=self.seller, agreement_id=row.pk, step="offer")

    def sign(self, row: Agreement, who: User) -> Agreement:
        """A side signs the text as it stands."""
        row.refresh_from_db()
        with as_(who):
            return services.sign_agreement(actor=who, agreement_id=row.pk, text_hash=row.text_hash)

    def concluded(self, **changes: Any) -> Agreement:
        """One that is in force."""
        row = self.offered(**changes)
        self.sign(row, self.seller)
        return self.sign(row, self.broker)


def pair(merchant: str = "MS-A", agent: str = "WM-A") -> Pair:
    """A merchant and an agent on file, each with somebody who acts for it."""
    return Pair(
        party(f"商户{merchant}", "merchant", code=merchant),
        party(f"代理{agent}", "agent", code=agent),
        person(Role.MER, merchant),
        person(Role.AGT, agent),
    )


def written(seller: Party, agent: Party, state: str, first: date, last: date, **fields: Any) -> Agreement:
    """An agreement as a row, without its way; for what only looks at rows."""
    moment = timezone.now() - timedelta(days=400)
    return Agreement.objects.create(
        number=fields.pop("number", f"WT1999-{Agreement.objects.count() + 1:05d}"),
        principal=seller,
        agent=agent,
        principal_name=seller.name,
        agent_name=agent.name,
        state=state,
        valid_from=first,
        valid_to=last,
        terms=TERMS.as_json(),
        principal_signed_at=moment,
        agent_signed_at=moment,
        **fields,
    )
