"""Writing credit levels; the room of credit calls it after it has scored, and has asked for the permission itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from youju.foundation.audit.services import record_many
from youju.foundation.kernel.context import current, reaching_all
from youju.trade.parties import events
from youju.trade.parties.models import CreditLevel, Party

_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class LevelGiven:
    """A level with the points behind it."""

    level: str
    points: Decimal


@transaction.atomic
def set_credit_levels(*, levels: Mapping[int, LevelGiven], since: date, basis: str) -> int:
    """Let parties have levels from a day on; how many changed. A party that has it already is left as it is.

    A day before the one on which the present level began changes nothing: a snapshot that is made late does not undo a later
    decision.

    Args:
        levels: party → its level and points.
        since: the first day.
        basis: what it rests on, in words, e.g. ``2023-12 信用得分``.
    """
    with reaching_all():
        rows = Party.objects.select_for_update().filter(pk__in=levels).order_by("pk")
        changed: list[tuple[Party, str]] = []
        for row in rows.only("name", "credit_level", "credit_level_since"):
            wanted = levels[row.pk]
            later = row.credit_level_since is not None and row.credit_level_since > since
            if later or row.credit_level == wanted.level:
                continue
            changed.append((row, row.credit_level))
            row.credit_level, row.credit_level_since = wanted.level, since
        Party.objects.bulk_update(
            [row for row, _ in changed], ["credit_level", "credit_level_since"], batch_size=_BATCH
        )
        CreditLevel.objects.bulk_create(
            (
                CreditLevel(party=row, level=row.credit_level, points=levels[row.pk].points, since=since, basis=basis,
                            set_by=current().actor)
                for row, _ in changed
            ),
            batch_size=_BATCH,
        )  # fmt: skip
        record_many(
            events.LEVEL_SET,
            [
                (events.party_subject(row), {"credit_level": before}, {"credit_level": row.credit_level, "since": since})
                for row, before in changed
            ],
            reason=basis,
        )  # fmt: skip
    return len(changed)
