"""Contacts, sealed anew when keys are exchanged."""

from __future__ import annotations

from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.sealing import reseal
from youju.office.events.models import Prospect, Signup

_CHUNK = 1_000


def reseal_contacts() -> int:
    """Seal every contact with the first key, inside the running transaction; how many."""
    with reaching_all():
        signups = list(Signup.objects.exclude(contact="").only("contact"))
        prospects = list(Prospect.objects.exclude(contact="").only("contact"))
        held: tuple[Signup | Prospect, ...] = (*signups, *prospects)
        for row in held:
            row.contact = reseal(row.contact)
        Signup.objects.bulk_update(signups, ["contact"], batch_size=_CHUNK)
        Prospect.objects.bulk_update(prospects, ["contact"], batch_size=_CHUNK)
    return len(signups) + len(prospects)
