"""Drafts of a month's filings, made of what was released: nobody types a line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.identity.selectors import organisation_codes
from youju.foundation.kernel.context import reaching_all
from youju.foundation.policies import law_on, policy_hash
from youju.foundation.workflow.services import begin, call_on, set_due, start_many
from youju.rules.trade.exemptions.lifecycle import FILING_FLOW, OPEN, REPLACED
from youju.rules.trade.exemptions.periods import filing_due, month_of, next_month
from youju.trade.exemptions import events, permissions
from youju.trade.exemptions.models import ExportLine, Filing, FilingLine
from youju.trade.exemptions.services.numbering import next_numbers
from youju.trade.parties.selectors.entrusted import tax_ids_of
from youju.trade.parties.selectors.partners import ids_of_organisation, names_of, organisations_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LOCK = 1_039_089
_CHUNK = 1_000
_FEW = 5
Key = tuple[int, int, str]
"""Consignor, filer, mode."""

_ADD = """
INSERT INTO exemptions_filingline (filing_id, source_id, declaration, entry_number, g_no, order_number, line_no, hs_code, name,
  released_on, currency, amount, amount_cny, live)
SELECT f.id, r.line_id, r.declaration, r.entry_number, r.g_no, r.order_number, r.line_no, r.hs_code, r.name, r.released_on,
  r.currency, r.amount, r.value_cny, true
FROM exemptions_lines r JOIN exemptions_filing f ON f.consignor_id = r.merchant_id AND f.filer_id = r.filer_id
WHERE f.id = ANY(%s) AND r.released_on >= %s AND r.released_on < %s
ORDER BY r.line_id
ON CONFLICT (source_id) WHERE live DO NOTHING
"""
_DROP = """
DELETE FROM exemptions_filingline l WHERE l.filing_id = ANY(%s) AND NOT EXISTS (
  SELECT 1 FROM exemptions_lines r WHERE r.line_id = l.source_id AND r.value_cny = l.amount_cny AND r.amount = l.amount
    AND r.released_on >= %s AND r.released_on < %s)
"""


@transaction.atomic
def prepare(*, actor: User, month: date) -> int:
    """Make the drafts of a month that the actor's organisation is to file; how many are new.

    Raises:
        PermissionDenied: the actor files nothing.
    """
    require(actor, permissions.FILE)
    mine = set(ids_of_organisation(actor.organisation_id))
    return len(_make(month_of(month), actor=actor, filers=mine))


@transaction.atomic
def prepare_for_all(*, month: date) -> int:
    """The same for every filer, by the clock; how many are new."""
    with reaching_all():
        return len(_make(month_of(month), actor=None))


def fill(rows: Collection[Filing], month: date) -> None:
    """Let open filings of a month hold just what was released and stands in no other filing. Two statements.

    A line that is being filed elsewhere at this moment is waited for, and left to the other.
    """
    keys, bounds = [row.pk for row in rows], [month, next_month(month)]
    with connection.cursor() as cursor:
        cursor.execute(_DROP, [keys, *bounds])
        if len(keys) > _FEW:
            # The planner knows nothing of rows that were just written, and would look each line up for each of them.
            cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(_ADD, [keys, *bounds])
        cursor.execute("SET LOCAL enable_nestloop = on")


def _make(month: date, *, actor: User | None, filers: set[int] | None = None) -> list[Filing]:
    with connection.cursor() as cursor:
        # Two that prepare the same month come one after the other; the unique constraints are the wall behind.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, month.toordinal()])
    wanted = _unfiled(month, filers)
    if not wanted:
        return []
    rows = _rows(month, wanted)
    Filing.objects.bulk_create(rows, batch_size=_CHUNK)
    fill(rows, month)
    rows = list(Filing.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))
    _begin(rows, actor)
    record_many(
        events.PREPARED,
        [
            (
                events.subject_of(row),
                None,
                {"month": f"{month:%Y-%m}", "lines": row.lines_count, "amount": row.amount_cny},
            )
            for row in rows
        ],
    )
    return rows


def _unfiled(month: date, filers: set[int] | None) -> list[Key]:
    filed = FilingLine.objects.filter(source_id=OuterRef("line"), live=True)
    found = ExportLine.objects.filter(released_on__gte=month, released_on__lt=next_month(month))
    if filers is not None:
        found = found.filter(filer__in=filers)
    keys = set(found.exclude(Exists(filed)).order_by().values_list("merchant", "filer", "mode").distinct())
    there = Filing.objects.filter(month=month).exclude(state=REPLACED)
    return sorted(
        {(c, f, m) for c, f, m in keys} - set(there.values_list("consignor_id", "filer_id", "mode"))
    )


def _rows(month: date, keys: Iterable[Key]) -> list[Filing]:
    keys = list(keys)
    parties = {each for consignor, filer, _ in keys for each in (consignor, filer)}
    names, bodies = names_of(parties), organisations_of(parties)
    codes: Mapping[int, str] = tax_ids_of(parties)
    due = filing_due(month, law_on(next_month(month)))
    numbers = next_numbers(f"MS{month:%Y%m}", len(keys))
    return [
        Filing(
            number=number,
            consignor_id=consignor,
            consignor_name=names.get(consignor, ("", ""))[1],
            tax_id=(codes.get(consignor) or "")[:20],
            filer_id=filer,
            filer_name=names.get(filer, ("", ""))[1],
            mode="self" if filer == consignor else mode,
            month=month,
            period_due=due.day,
            due_on=due.day,
            organisations=sorted({each for each in (bodies.get(consignor), bodies.get(filer)) if each}),
            policy_hash=policy_hash(),
        )
        for (consignor, filer, mode), number in zip(keys, numbers, strict=True)
    ]


def _begin(rows: list[Filing], actor: User | None) -> None:
    bodies = organisations_of({row.filer_id for row in rows})
    codes = organisation_codes({each for each in bodies.values() if each})
    of = {row.pk: codes.get(bodies.get(row.filer_id) or 0, "") for row in rows}
    if actor is not None:
        start_many(
            flow=FILING_FLOW,
            subjects=[events.subject_of(row) for row in rows],
            actor=actor,
            organisations={str(row.pk): of[row.pk] for row in rows},
            waits_at=[actor.organisation.code],
            due={str(row.pk): row.due_on for row in rows},
        )
        return
    today = timezone.localdate()
    for row in rows:
        subject = events.subject_of(row)
        begin(flow=FILING_FLOW, subject=subject, due=row.due_on if row.due_on >= today else None)
        call_on(flow=FILING_FLOW, subject=subject, organisations=[of[row.pk]] if of[row.pk] else [])
        set_due(subject=subject, due=row.due_on)


def open_rows(month: date, filers: Collection[int]) -> list[Filing]:
    """Filings of a month that the filers have in hand, under lock."""
    rows = Filing.objects.select_for_update().filter(month=month, filer_id__in=filers, state__in=OPEN)
    return list(rows.order_by("pk"))
