"""Personal identifiers: sealed, found again by fingerprint, shown masked; one shown in full leaves its reason on the trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record_read
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import fingerprint, reseal, seal, unseal
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.rules.trade.parties.fields import SECRETS, label_of
from youju.rules.trade.parties.masking import masked
from youju.trade.parties import events, permissions
from youju.trade.parties.models import FilingDraft, Identifier, Party
from youju.trade.parties.selectors.reach import visible
from youju.trade.parties.services.numbers import sealed_number

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_CHUNK = 1_000
HOLDERS = {"resident_id": "legal_person", "phone": "contact"}


def holder_of(kind: str, roles: Iterable[str]) -> str:
    """Whose a number is; a passport is the buyer's own, else the legal representative's."""
    return HOLDERS.get(kind, "self" if "buyer" in roles else "legal_person")


def identifier(party: Party, kind: str, number: str) -> Identifier:
    """An unsaved row."""
    kept = sealed_number(kind, number)
    return Identifier(
        party=party,
        kind=kind,
        holder=holder_of(kind, party.roles),
        sealed=kept.sealed,
        fingerprint=kept.fingerprint,
        masked=kept.masked,
    )


def write_identifiers(party: Party, form: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Put the numbers of a form in the place of those that are stored; what changed, masked: kind → (before, after)."""
    before = {each.kind: each for each in party.identifiers.select_for_update()}
    changed: dict[str, tuple[str, str]] = {}
    for kind in SECRETS:
        number, there = form.get(kind, ""), before.get(kind)
        same = there is not None and number and unseal(there.sealed) == number
        if same and there is not None and there.holder == holder_of(kind, party.roles):
            continue
        if there is not None:
            there.delete()
        if number:
            row = identifier(party, kind, number)
            row.save(force_insert=True)
        if (there or number) and not same:
            changed[kind] = (there.masked if there else "", masked(kind, number) if number else "")
    return changed


@dataclass(frozen=True, slots=True)
class Unmasked:
    """A number in full, for one look."""

    party: Party
    label: str
    number: str


@transaction.atomic
def unmask(*, actor: User, party_id: int, identifier_id: int, reason: str) -> Unmasked:
    """Show one number in full; who, whose, which and why is on the trail before anything is shown.

    Raises:
        InputError: no such number within the actor's reach (404), no reason or one too long (422).
        PermissionDenied: the actor may not.
    """
    require(actor, permissions.UNMASK)
    reason = reason.replace("\0", "").strip()
    longest = whole(law_on(timezone.localdate()), "foundation.workflow.reason_length")
    if not reason or len(reason) > longest:
        raise InputError(
            "查看完整号码须写明理由", where="理由", how=f"请写一句话，至多 {longest} 个字", status=422
        )
    party = visible(actor).filter(pk=party_id).first()
    row = party.identifiers.filter(pk=identifier_id).first() if party else None
    if party is None or row is None:
        raise InputError("没有这个证件号码", how="请回到主体的页面重新选择", status=404)
    label = label_of(row.kind)
    record_read(events.UNMASKED, events.party_subject(party), fields=[label], reason=reason)
    return Unmasked(party, label, unseal(row.sealed))


def reseal_all() -> int:
    """Seal every identifier and every draft anew with the first key, fingerprints too; how many. For the exchange of keys."""
    count = 0
    last = 0
    while rows := list(Identifier.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        for row in rows:
            number = unseal(row.sealed)
            row.sealed, row.fingerprint = seal(number), fingerprint(number, row.kind)
        Identifier.objects.bulk_update(rows, ["sealed", "fingerprint"])
        count, last = count + len(rows), rows[-1].pk
    for draft in FilingDraft.objects.select_for_update():
        draft.sealed = reseal(draft.sealed)
        draft.save(update_fields=["sealed"])
        count += 1
    return count
