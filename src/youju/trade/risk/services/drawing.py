"""The day's draw: committed to before, shown after, checked by anybody (ADR 25); and the lanes that come of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record, record_many
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import seal, unseal
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import Law
from youju.rules.trade.risk.drawing import commitment, drawn
from youju.rules.trade.risk.judging import GREEN, LANES, YELLOW, lane_of, share_of
from youju.rules.trade.risk.lifecycle import FALSE_ALARM
from youju.trade.declarations.selectors.judged import Judged, for_lanes
from youju.trade.parties.selectors.handling import handled
from youju.trade.risk import events
from youju.trade.risk.models import Draw, Hit, Lane

_SEED, _AT_ONCE = 32, 5_000
_RECHECKED = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking a day's draw came to. ``faults`` are sentences; ``lanes``: how many were drawn anew."""

    day: date
    revealed: bool
    lanes: int = 0
    drawn: int = 0
    faults: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def commit_draws(today: date) -> int:
    """Commit to the draws of today and tomorrow, where nobody has yet; how many."""
    return sum(_committed(day)[1] for day in (today, today + timedelta(days=1)))


@transaction.atomic
def reveal_draws(today: date) -> int:
    """Show the seeds of days gone by; how many."""
    rows = list(Draw.objects.select_for_update().filter(day__lt=today, revealed="").order_by("day"))
    for row in rows:
        row.revealed, row.revealed_at = unseal(row.seed), timezone.now()
        row.save(update_fields=["revealed", "revealed_at"])
        record(
            events.REVEALED, subject_of(row), None, {"commitment": row.commitment, "seed_shown": row.revealed}
        )
    return len(rows)


@transaction.atomic
def decide_lanes(*, today: date, limit: int = _AT_ONCE, is_demo: bool = False) -> int:
    """Give declarations that have no lane one: by their hits, and for green ones by the day's draw; how many.

    It runs as the system: neither who declares nor an officer has a hand in it, nor can choose its moment for a number.
    """
    with reaching_all():
        known = Lane.objects.filter(declared_on__gte=today - _RECHECKED).values_list("number", flat=True)
        found = for_lanes(limit, without=known)
        if not found:
            return 0
        draw, _ = _committed(today)
        seed = bytes.fromhex(unseal(draw.seed))
        rows = [
            _lane(each, rules, grades, draw, seed, law_on(today)) for each, rules, grades in _judged(found)
        ]
        for row in rows:
            row.is_demo = is_demo
        Lane.objects.bulk_create(rows, ignore_conflicts=True)
        record_many(
            events.LANES_DECIDED,
            [
                (
                    Subject(events.LANE_KIND, row.number, f"{row.number} {LANES[row.lane]}通道"),
                    None,
                    {"lane": LANES[row.lane], "rules": row.rules, "drawn": row.drawn, "share": row.share},
                )
                for row in rows
            ],
        )
        return len(rows)


@transaction.atomic
def raise_lanes() -> int:
    """After a scan: lanes of the last weeks whose hits have become more; a lane never falls by itself. How many rose."""
    today = timezone.localdate()
    law, order = law_on(today), list(LANES)
    risen = []
    with reaching_all():
        rows = {
            row.number: row
            for row in Lane.objects.select_for_update().filter(declared_on__gte=today - _RECHECKED)
        }
        for each, rules, _ in _judged(for_lanes(len(rows), numbers=list(rows)) if rows else []):
            row = rows[each.number]
            lane, points = lane_of(rules, law)
            if points > row.points:
                row.points, row.rules = points, sorted(rules)
                if order.index(lane) > order.index(row.lane):
                    row.lane = lane
                    risen.append(row)
                row.save(update_fields=["points", "rules", "lane"])
        record_many(
            events.LANES_DECIDED,
            [
                (Subject(events.LANE_KIND, row.number, f"{row.number} {LANES[row.lane]}通道"), None,
                 {"lane": LANES[row.lane], "rules": row.rules})
                for row in risen
            ],
        )  # fmt: skip
    return len(risen)


def verify_draw(day: date) -> Verified:
    """Check a day's draw from what is stored: the commitment, and every number drawn under it.

    Raises:
        InputError: there was no draw on that day (404).
    """
    with reaching_all():
        row = Draw.objects.filter(day=day).first()
        if row is None:
            raise InputError(f"{day} 没有抽签", where="日期", how="请看抽签列表里有哪些日子", status=404)
        if not row.revealed:
            return Verified(day, revealed=False)
        seed, faults, hit, count = bytes.fromhex(row.revealed), [], 0, 0
        if commitment(seed, day.isoformat()) != row.commitment:
            faults.append("公布的种子与事先的承诺值不符。")
        first = row.lanes.order_by("decided_at").values_list("decided_at", flat=True).first()
        if first and first < row.committed_at:
            faults.append("有报关单在公布承诺值以前就定了通道。")
        for number, was, share in row.lanes.values_list("number", "drawn", "share").iterator(
            chunk_size=_AT_ONCE
        ):
            count += 1
            now = drawn(seed, number, share)
            hit += now
            if now != was:
                faults.append(
                    f"申报单 {number} 记的是{'抽中' if was else '没抽中'}，按种子应为{'抽中' if now else '没抽中'}。"
                )
    return Verified(day, revealed=True, lanes=count, drawn=hit, faults=tuple(faults))


def subject_of(row: Draw) -> Subject:
    """A day's draw as the trail names it."""
    return Subject(events.DRAW_KIND, row.day.isoformat(), f"{row.day} 的抽签")


def _committed(day: date) -> tuple[Draw, bool]:
    row = Draw.objects.filter(day=day).first()
    if row is not None:
        return row, False
    seed = secrets.token_bytes(_SEED)
    row, new = Draw.objects.get_or_create(
        day=day, defaults={"commitment": commitment(seed, day.isoformat()), "seed": seal(seed.hex())}
    )
    if new:
        record(events.COMMITTED, subject_of(row), None, {"commitment": row.commitment})
    return row, new


def _judged(found: Sequence[Judged]) -> Iterable[tuple[Judged, set[str], list[str]]]:
    """Each declaration with the rules that hit it or what stands in it, and the grades of its parties. Two queries."""
    grades = handled(party for each in found for party in each.parties)
    by_place: dict[str, set[str]] = {}
    places = sorted({place for each in found for place in each.places})
    rows = (
        Hit.objects.filter(places__overlap=places).exclude(conclusion=FALSE_ALARM)
        if places
        else Hit.objects.none()
    )
    for rule, named in rows.order_by().values_list("rule", "places"):
        for place in named:
            by_place.setdefault(place, set()).add(rule)
    for each in found:
        rules = set().union(*(by_place.get(place, set()) for place in each.places))
        yield each, rules, sorted({grades[party].credit_level for party in each.parties if party in grades})


def _lane(  # noqa: PLR0917 - a lane and all that decides it
    each: Judged, rules: set[str], grades: list[str], draw: Draw, seed: bytes, law: Law
) -> Lane:
    lane, points = lane_of(rules, law)
    share = share_of(grades, law)
    hit = drawn(seed, each.number, share)
    return Lane(
        number=each.number,
        draw=draw,
        lane=YELLOW if hit and lane == GREEN else lane,
        points=points,
        rules=sorted(rules),
        drawn=hit,
        share=share,
        grades=grades,
        sections=list(each.sections),
        declared_on=each.declared_on,
    )
