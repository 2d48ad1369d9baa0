"""Parties as filing would have left them, made row by row, with their case in the workflow."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from youju.foundation.identity.models import Organisation
from youju.foundation.workflow.models import Case
from youju.rules.trade.parties.lifecycle import APPROVED, PARTY_FLOW, PARTY_KIND
from youju.trade.parties.models import Agreement, Identifier, Market, Paper, Party, Stall, Tenancy
from youju.trade.parties.services.numbers import sealed_number

TODAY = date(2026, 11, 25)
_serial = iter(range(1, 10**9))


def party(
    name: str = "鑫达箱包商行",
    *,
    organisation: Organisation | None = None,
    phone: str = "",
    resident_id: str = "",
    **fields: Any,
) -> Party:
    """A party on file (unless ``state`` says otherwise), in the section SC, good for a year."""
    today = timezone.localdate()
    given = {
        "roles": ["merchant"],
        "sections": ["SC"],
        "state": APPROVED,
        "number": f"BG{next(_serial):08d}",
        "revision": 1,
        "legal_person": "",
        "valid_from": today - timedelta(days=300),
        "valid_to": today + timedelta(days=365),
        "approved_at": timezone.now(),
    } | fields
    row = Party.objects.create(name=name, organisation=organisation, **given)
    Case.objects.create(
        subject_kind=PARTY_KIND,
        subject_key=str(row.pk),
        label=name,
        flow=PARTY_FLOW.code,
        flow_since=PARTY_FLOW.since,
        state=row.state,
        started_by="filing",
        entered_at=timezone.now(),
    )
    for kind, holder, plain in (("phone", "contact", phone), ("resident_id", "legal_person", resident_id)):
        if plain:
            identifier(row, kind, holder, plain)
    return row


def identifier(row: Party, kind: str, holder: str, plain: str) -> Identifier:
    """A number of a party; it need not be one that would pass a check."""
    kept = sealed_number(kind, plain)
    return Identifier.objects.create(
        party=row,
        kind=kind,
        holder=holder,
        sealed=kept.sealed,
        fingerprint=kept.fingerprint,
        masked=kept.masked,
    )


def paper(row: Party, kind: str = "营业执照", **fields: Any) -> Paper:
    """A paper of a party."""
    return Paper.objects.create(party=row, kind=kind, **fields)


def agreement(principal: Party, agent: Party, **fields: Any) -> Agreement:
    """An agreement in force for a year."""
    today = timezone.localdate()
    given = {
        "number": f"XY{next(_serial):06d}",
        "state": "in_force",
        "valid_from": today - timedelta(days=30),
        "valid_to": today + timedelta(days=335),
    } | fields
    return Agreement.objects.create(principal=principal, agent=agent, **given)


def market(code: str = "HD", stalls: int = 0, floor: int = 1) -> Market:
    """A market with so many stalls in rows of ten."""
    row, _ = Market.objects.get_or_create(code=code, defaults={"name": f"和道国际{code}"})
    Stall.objects.bulk_create(
        Stall(market=row, floor=floor, row=at // 10 + 1, position=at % 10 + 1, number=f"{floor}-{at + 1:03d}")
        for at in range(stalls)
    )
    return row


def tenancy(row: Party, stall: Stall, since: date | None = None, until: date | None = None) -> Tenancy:
    """A party holds a stall."""
    since = since or timezone.localdate() - timedelta(days=100)
    return Tenancy.objects.create(party=row, stall=stall, valid_from=since, valid_to=until)
