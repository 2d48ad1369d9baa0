"""What this room tells of the conduct of parties: awards, duplicates that were confirmed, applications struck off a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from youju.foundation.kernel.conduct import ConductRecord
from youju.foundation.workflow.selectors import steps_between
from youju.funds.subsidies import addresses_claims, addresses_duplicates
from youju.funds.subsidies.models import Application, DuplicateHit
from youju.rules.funds.claims.lifecycle import CLAIM_KIND

_STEPS = {"award": "subsidies.awarded", "strike": "subsidies.struck"}
DUPLICATE = "subsidies.duplicate"
KINDS = frozenset((*_STEPS.values(), DUPLICATE))


def conduct(parties: frozenset[int] | None, since: date, until: date) -> Iterator[ConductRecord]:
    """Three queries, whatever the number of parties."""
    steps = list(steps_between(CLAIM_KIND, _STEPS, since, until))
    rows = Application.objects.filter(number__in={step.key for step in steps})
    whose = {
        number: (party, amount) for number, party, amount in rows.values_list("number", "party_id", "amount")
    }
    for step in steps:
        party, amount = whose.get(step.key, (0, None))
        if party and (parties is None or party in parties):
            kind, url = _STEPS[step.transition], addresses_claims.claim(step.key) or ""
            yield ConductRecord(
                party, step.day, kind, str(step.id), step.key, url, amount=amount, outcome=step.reason
            )
    yield from _duplicates(parties, since, until)


def _duplicates(parties: frozenset[int] | None, since: date, until: date) -> Iterator[ConductRecord]:
    start, end = (
        timezone.make_aware(datetime.combine(day, time())) for day in (since, until + timedelta(days=1))
    )
    hits = DuplicateHit.objects.filter(
        state=DuplicateHit.State.CONFIRMED, decided_at__gte=start, decided_at__lt=end
    ).select_related("first__application", "second__application")
    for hit in hits.order_by("decided_at", "pk"):
        sides = {"first": (hit.first,), "second": (hit.second,), "both": (hit.first, hit.second)}[hit.against]
        for side in sides:
            party = side.application.party_id
            if hit.decided_at and (parties is None or party in parties):
                yield ConductRecord(
                    party, timezone.localdate(hit.decided_at), DUPLICATE, f"{hit.pk}-{side.number}", side.number,
                    addresses_duplicates.hit(str(hit.pk)) or "", amount=side.amount, outcome=hit.why,
                )  # fmt: skip
