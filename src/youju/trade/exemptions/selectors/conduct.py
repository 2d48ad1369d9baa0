"""What this room tells of the conduct of parties: exemption filings in time, late, and not made; told of whoever files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from youju.foundation.kernel.conduct import ConductRecord
from youju.foundation.workflow.selectors import steps_between
from youju.rules.trade.exemptions.lifecycle import FILING_KIND
from youju.trade.exemptions import addresses
from youju.trade.exemptions.models import Filing

FILED, LATE, MISSED = "exemptions.filed", "exemptions.late", "exemptions.missed"
KINDS = frozenset((FILED, LATE, MISSED))


def conduct(parties: frozenset[int] | None, since: date, until: date) -> Iterator[ConductRecord]:
    """Three queries, whatever the number of parties. A correction is told once, by its first version."""
    rows = Filing.objects.filter(replaces=None, filed_on__gte=since, filed_on__lte=until).exclude(
        on_time=None
    )
    if parties is not None:
        rows = rows.filter(filer_id__in=parties)
    named = ("pk", "filer_id", "number", "month", "filed_on", "on_time", "amount_cny")
    for pk, filer, number, month, day, on_time, amount in rows.order_by("filed_on", "pk").values_list(*named):
        kind, url = FILED if on_time else LATE, addresses.filing(str(pk)) or ""
        yield ConductRecord(
            filer, day, kind, str(pk), number, url, amount=amount, outcome=f"{month:%Y-%m} 出口"
        )
    steps = list(steps_between(FILING_KIND, ("lapse",), since, until))
    whose = {str(row.pk): row for row in Filing.objects.filter(pk__in=[int(step.key) for step in steps])}
    for step in steps:
        row = whose.get(step.key)
        if row is not None and (parties is None or row.filer_id in parties):
            url = addresses.filing(step.key) or ""
            yield ConductRecord(
                row.filer_id,
                step.day,
                MISSED,
                str(step.id),
                row.number,
                url,
                outcome=f"{row.month:%Y-%m} 出口",
            )
