"""Contacts, sealed anew when keys are exchanged."""

from __future__ import annotations

from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.sealing import reseal
from youju.office.tasks.models import Matter

_CHUNK = 1_000


def reseal_contacts() -> int:
    """Seal every contact with the first key, inside the running transaction; how many."""
    with reaching_all():
        rows = list(Matter.objects.exclude(contact="").only("contact"))
        for row in rows:
            row.contact = reseal(row.contact)
        Matter.objects.bulk_update(rows, ["contact"], batch_size=_CHUNK)
    return len(rows)
