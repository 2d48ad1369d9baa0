"""What this room tells of the conduct of parties: what customs released, sent back, inspected; what was corrected or withdrawn.

What went wrong is told of the agent and the broker, who declare; what was released is told by the month of them and of the
merchants whose goods stood in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from youju.foundation.kernel.conduct import ConductRecord
from youju.foundation.workflow.selectors import StepTaken, steps_between
from youju.rules.trade.declarations.lifecycle import DECLARATION_KIND, INSPECTION
from youju.trade.declarations import addresses
from youju.trade.declarations.models import Declaration

RELEASED = "declarations.released"
KINDS = frozenset(
    (
        RELEASED,
        "declarations.rejected",
        "declarations.corrected",
        "declarations.withdrawn",
        "inspections.passed",
        "inspections.failed",
    )
)
_PIECE = 2_000
# A declaration counts once for each party that took part in it, whatever it was there.
_MONTHS = """
WITH parts AS (
  SELECT agent_id AS party, id, released_at FROM declarations_declaration
    WHERE released_at >= %(start)s AND released_at < %(end)s
  UNION SELECT broker_id, id, released_at FROM declarations_declaration
    WHERE released_at >= %(start)s AND released_at < %(end)s AND broker_id IS NOT NULL
  UNION SELECT s.merchant_id, d.id, d.released_at FROM declarations_declaration d
    JOIN declarations_declaredline l ON l.declaration_id = d.id
    JOIN declarations_sourceline s ON s.line_id = l.id
    WHERE d.released_at >= %(start)s AND d.released_at < %(end)s
), days AS (SELECT party, (released_at AT TIME ZONE %(zone)s)::date AS day FROM parts)
SELECT party, max(day), count(*) FROM days
WHERE %(parties)s::bigint[] IS NULL OR party = ANY (%(parties)s::bigint[])
GROUP BY party, date_trunc('month', day) ORDER BY 2, 1
"""


def conduct(parties: frozenset[int] | None, since: date, until: date) -> Iterator[ConductRecord]:
    """Some queries, whatever the number of parties; steps and days of release never change afterwards."""
    yield from _released(parties, since, until)
    steps = list(steps_between(DECLARATION_KIND, ("reject", "withdraw", "release"), since, until))
    told = [(step, kind) for step in steps if (kind := _kind(step))]
    keys = {step.key for step, _ in told}
    people = dict(_taking_part(keys))
    for step, kind in told:
        yield from _of_each(
            people.get(step.key, ()), parties, step.day, kind, f"{step.id}", step.key, step.reason
        )
    yield from _corrected(parties, since, until)


def _kind(step: StepTaken) -> str:
    inspected = step.from_state == INSPECTION
    if step.transition == "release":
        return "inspections.passed" if inspected else ""
    if step.transition == "withdraw":
        return "inspections.failed" if inspected else "declarations.withdrawn"
    return "declarations.rejected"


def _released(parties: frozenset[int] | None, since: date, until: date) -> Iterator[ConductRecord]:
    start, end = (_moment(day) for day in (since, until + timedelta(days=1)))
    arguments: dict[str, Any] = {
        "start": start, "end": end, "zone": timezone.get_current_timezone_name(),
        "parties": None if parties is None else sorted(parties),
    }  # fmt: skip
    page = reverse("declarations:declarations")
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, arguments)
        for party, day, count in cursor.fetchall():
            first = day.replace(day=1)
            url = f"{page}?since={first}&until={day}"
            yield ConductRecord(party, day, RELEASED, f"{day:%Y-%m}", f"{day:%Y-%m}", url, count=count)


def _corrected(parties: frozenset[int] | None, since: date, until: date) -> Iterator[ConductRecord]:
    start, end = (_moment(day) for day in (since, until + timedelta(days=1)))
    rows = Declaration.objects.filter(version__gt=1, created_at__gte=start, created_at__lt=end).order_by(
        "created_at", "pk"
    )
    named = ("number", "version", "created_at", "agent_id", "broker_id")
    for number, version, at, agent, broker in rows.values_list(*named):
        key = f"{number}-{version}"
        yield from _of_each(
            (agent, broker), parties, timezone.localdate(at), "declarations.corrected", key, key, f"更正第 {version - 1} 版"
        )  # fmt: skip


def _of_each(  # noqa: PLR0917 - the parts of a record
    people: Iterable[int | None],
    parties: frozenset[int] | None,
    day: date,
    kind: str,
    key: str,
    number: str,
    outcome: str,
) -> Iterator[ConductRecord]:
    for party in dict.fromkeys(people):
        if party is not None and (parties is None or party in parties):
            yield ConductRecord(
                party, day, kind, key, number, addresses.declaration(number) or "", outcome=outcome
            )


def _taking_part(keys: Iterable[str]) -> Iterator[tuple[str, tuple[int | None, ...]]]:
    numbers = sorted({key.rpartition("-")[0] for key in keys})
    for start in range(0, len(numbers), _PIECE):
        rows = Declaration.objects.filter(number__in=numbers[start : start + _PIECE])
        for number, version, agent, broker in rows.values_list("number", "version", "agent_id", "broker_id"):
            yield f"{number}-{version}", (agent, broker)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
