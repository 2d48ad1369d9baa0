"""Publicity lists: made from the latest scores, shown by the head for the days of the policy, ended by themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance, lapse, start
from youju.rules.law import names, whole
from youju.rules.trade.credit.facts import ListFacts
from youju.rules.trade.credit.lifecycle import CHECKED, DRAFT, ENDED, LIST_FLOW, SHOWN, SUBMITTED
from youju.rules.trade.credit.naming import public_code, public_name
from youju.trade.credit import events, permissions
from youju.trade.credit.models import Plea, PublicList, Score, Snapshot
from youju.trade.credit.selectors.lists import list_of
from youju.trade.credit.selectors.scores import latest_snapshot
from youju.trade.credit.services.refusing import checked
from youju.trade.parties.selectors import scored_parties

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def draft_list(*, actor: User, grades: Sequence[str] = ()) -> PublicList:
    """Make a list from the latest scores; who appeals is left out until that is decided.

    Raises:
        PermissionDenied: the actor publishes no lists.
        InputError: nothing is scored yet (409).
        CreditRefusedError: a grade that is not shown, nobody to show.
    """
    require(actor, permissions.PUBLISH)
    snapshot = latest_snapshot()
    if snapshot is None:
        raise InputError("还没有信用得分", how="请先生成一个月的得分", status=409)
    today = timezone.localdate()
    wanted = tuple(grades) or names(law_on(today), "trade.credit.publicity_grades")
    lines = lines_of(snapshot, wanted)
    checked(ListFacts(today, snapshot.day, True, wanted, len(lines)))
    row = store_list(snapshot, wanted, lines, actor.username, today)
    subject = events.list_subject(row)
    start(flow=LIST_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    record(events.LISTED, subject, None, {"day": snapshot.day, "size": len(lines)})
    return row


def store_list(
    snapshot: Snapshot, grades: Sequence[str], lines: Sequence[dict[str, Any]], by: str, day: date
) -> PublicList:
    """A draft with the next number; inner step, also of the demo."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('credit_list_number')")
        number = f"GS{day:%Y}{cursor.fetchone()[0]:04d}"
    return PublicList.objects.create(
        number=number,
        snapshot=snapshot,
        grades=list(grades),
        lines=list(lines),
        hash=hash_of(lines),
        made_by=by,
    )


def lines_of(snapshot: Snapshot, grades: Sequence[str]) -> list[dict[str, Any]]:
    """Who stands on a list, best grade and most points first; names as anybody may read them, no points, no personal numbers."""
    with reaching_all():
        waiting = set(Plea.objects.filter(state__in=[SUBMITTED, CHECKED]).values_list("party_id", flat=True))
        rows = Score.objects.filter(snapshot=snapshot, current=True, grade__in=list(grades)).exclude(
            party_id__in=waiting
        )
        found = list(rows.order_by("grade", "-total", "name", "pk").values_list("party_id", "grade"))
        parties = {each.id: each for each in scored_parties(snapshot.day, [party for party, _ in found])}
    lines = []
    for party_id, grade in found:
        party = parties.get(party_id)
        if party is None:  # no longer on file
            continue
        name, masked = public_name(party.name, credit_code=party.credit_code, legal_person=party.legal_person)
        lines.append(
            {
                "party": party_id,
                "name": name,
                "code": public_code(party.credit_code, masked=masked),
                "grade": grade,
            }
        )
    return lines


def hash_of(lines: Sequence[dict[str, Any]]) -> str:
    """SHA-256 by which a list is told from any other."""
    return hashlib.sha256(json.dumps(list(lines), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def take_list_step(
    *, actor: User, list_id: int, step: str, reason: str = "", expected: str = ""
) -> PublicList:
    """Show a list, or drop it.

    Raises:
        PermissionDenied: the actor publishes no lists.
        InputError: no such list (404), the step does not lead on from here (409), a reason is missing.
        CreditRefusedError: CRD-012…014.
    """
    require(actor, permissions.PUBLISH)
    seen = list_of(actor, list_id)
    row = PublicList.objects.select_for_update().select_related("snapshot").get(pk=seen.pk)
    today = timezone.localdate()
    if step == "show":
        newest = latest_snapshot()
        checked(
            ListFacts(
                today, row.snapshot.day, newest is None or newest.pk == row.snapshot_id, tuple(row.grades), len(row.lines),
                _appealing(row),
            )
        )  # fmt: skip
    subject = events.list_subject(row)
    case = advance(
        flow=LIST_FLOW, subject=subject, transition=step, actor=actor, reason=reason, expected=expected
    )
    row.state = case.state
    if row.state == SHOWN:
        show(row, actor.username, today)
    row.save()
    if row.state == SHOWN:
        told = {"shown_on": row.shown_on, "shown_until": row.shown_until, "hash": row.hash}
        record(events.SHOWN, subject, None, told)
    return row


def show(row: PublicList, by: str, day: date) -> None:
    """From a day on, for the days of the policy; inner step, also of the demo."""
    row.state, row.shown_by, row.shown_on = SHOWN, by, day
    row.shown_until = day + timedelta(days=whole(law_on(day), "trade.credit.publicity_days") - 1)


def _appealing(row: PublicList) -> tuple[str, ...]:
    ids = [line["party"] for line in row.lines]
    with reaching_all():
        waiting = Plea.objects.filter(party_id__in=ids, state__in=[SUBMITTED, CHECKED]).order_by("name")
        return tuple(dict.fromkeys(waiting.values_list("name", flat=True)))


@transaction.atomic
def end_lists(*, now: datetime | None = None) -> int:
    """End the lists whose days are over; how many. Repeating it ends nothing twice."""
    today = timezone.localdate(now)
    rows = list(PublicList.objects.select_for_update().filter(state=SHOWN, shown_until__lt=today))
    for row in rows:
        lapse(flow=LIST_FLOW, subject=events.list_subject(row), transition="end", reason="公示期满")
        row.state = ENDED
        row.save(update_fields=["state"])
    return len(rows)


__all__ = ["DRAFT", "draft_list", "end_lists", "hash_of", "lines_of", "show", "store_list", "take_list_step"]
