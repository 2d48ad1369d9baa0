"""The duplicate proof: looking for claims like one, through all of them by night; what people decide is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from youju.analytics.matching import BLOCK, RARE_BLOCK, duplicates
from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import acting, reaching_all
from youju.foundation.policies import law_on, policy_hash
from youju.funds.subsidies import duplicate_events, permissions
from youju.funds.subsidies.duplicate_facts import claims_of, is_live
from youju.funds.subsidies.models import Application, ClaimKey, ComparedClaim, DuplicateHit
from youju.rules.funds.duplicates.facts import from_json
from youju.rules.funds.duplicates.judging import Hit, Judge
from youju.rules.funds.duplicates.traits import ANYBODY, COMMON, HARD, RARE, Preparer, Traits, keys
from youju.rules.law import whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

State = DuplicateHit.State
_CHUNK, _LONGEST = 1_000, 250
_SHARED = """
SELECT k.kind, k.value, count(*), count(DISTINCT c.who), min(k.claim_id)
FROM subsidies_claimkey mine
JOIN subsidies_claimkey k ON k.kind = mine.kind AND k.value = mine.value
JOIN subsidies_comparedclaim c ON c.id = k.claim_id AND (c.live OR c.id = mine.claim_id)
WHERE mine.claim_id = %s GROUP BY k.kind, k.value HAVING count(*) > 1
"""
_LIKE = """
SELECT DISTINCT c.id FROM unnest(%s::text[], %s::text[]) AS wanted(kind, value)
JOIN subsidies_claimkey k ON k.kind = wanted.kind AND k.value = wanted.value
JOIN subsidies_comparedclaim c ON c.id = k.claim_id AND c.live
WHERE c.id <> %s AND (c.who <> %s OR wanted.kind = ANY(%s))
"""


@transaction.atomic
def look_for(application_id: int) -> list[int]:
    """Compare an application with all others that share a key with it; the keys of its open hits.

    Called when it is handed in and at every later stage. The number of queries does not grow with the applications.
    """
    with acting(reads="all", writes="all"):
        row = Application.objects.get(pk=application_id)
        if not is_live(row):
            ComparedClaim.objects.filter(application=row).update(live=False)
            _let_go(
                DuplicateHit.objects.filter(first__application=row)
                | DuplicateHit.objects.filter(second__application=row)
            )
            return []
        (claim,) = claims_of([row]).values()
        preparer, day = Preparer(law_on(timezone.localdate())), timezone.localdate()
        mine = preparer.traits(claim)
        kept = _keep(row, mine)
        held, candidates = _candidates(kept, day)
        judge = Judge(law_on(day), day, lambda kind, value: held.get((kind, value[:_LONGEST]), 1))
        found = [
            hit
            for other in candidates
            if (hit := judge.judge(mine, preparer.traits(from_json(other.facts)))) is not None
        ]
        known = DuplicateHit.objects.filter(first=kept) | DuplicateHit.objects.filter(second=kept)
        _keep_hits(found, [kept, *candidates], list(known), day)
        return list(known.filter(state__in=[State.OPEN, State.PROPOSED]).values_list("pk", flat=True))


def look_now(*, actor: User) -> dict[str, int]:
    """Compare all live applications on demand.

    Raises:
        PermissionDenied: the actor does not re-check applications.
    """
    require(actor, permissions.RECHECK)
    return look_through()


@transaction.atomic
def look_through() -> dict[str, int]:
    """Compare all live applications anew, each night: filings change, and with them who is like whom.

    Returns how many were compared, how many hits there are, how many are new, how many went.
    """
    day = timezone.localdate()
    with reaching_all():
        _refresh(Preparer(law_on(day)))
        rows = {row.number: row for row in ComparedClaim.objects.filter(live=True)}
        facts = [from_json(row.facts) for row in sorted(rows.values(), key=lambda row: row.pk)]
        found = list(duplicates(facts, law_on(day), day))
        known = list(DuplicateHit.objects.all())
        new, gone = _keep_hits(found, rows.values(), known, day)
    return {"compared": len(rows), "hits": len(found), "new": new, "gone": gone}


def _refresh(preparer: Preparer) -> None:
    """Every application as it is now."""
    live = Application.objects.exclude(submitted_at=None).order_by("pk")
    start = 0
    while rows := list(live.filter(pk__gt=start)[:_CHUNK]):
        start = rows[-1].pk
        claims = claims_of([row for row in rows if is_live(row)])
        before = {each.application_id: each for each in ComparedClaim.objects.filter(application__in=rows)}
        for row in rows:
            claim, old = claims.get(row.pk), before.get(row.pk)
            if claim is None:
                if old is not None and old.live:
                    ComparedClaim.objects.filter(pk=old.pk).update(live=False)
            elif old is None or not old.live or old.facts != claim.as_json():
                _keep(row, preparer.traits(claim))


def _keep(row: Application, traits: Traits) -> ComparedClaim:
    kept, _ = ComparedClaim.objects.update_or_create(
        application=row,
        defaults={
            "number": row.number,
            "who": traits.who[:40],
            "name": row.party_name,
            "policy_title": row.policy_title,
            "period": traits.claim.period,
            "amount": row.amount,
            "facts": traits.claim.as_json(),
            "live": True,
            "compared_at": timezone.now(),
        },
    )
    ClaimKey.objects.filter(claim=kept).delete()
    wanted = dict.fromkeys((kind, value[:_LONGEST]) for kind, value in keys(traits))
    ClaimKey.objects.bulk_create([ClaimKey(claim=kept, kind=kind, value=value) for kind, value in wanted])
    return kept


def _candidates(kept: ComparedClaim, day: date) -> tuple[dict[tuple[str, str], int], list[ComparedClaim]]:
    """How many claimants hold what the claim holds, and the claims to compare it with."""
    most, few = whole(law_on(day), BLOCK), whole(law_on(day), RARE_BLOCK)
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [kept.pk])
        shared = cursor.fetchall()
        held = {(kind, value): people for kind, value, _, people, _ in shared}
        wanted = [
            (kind, value)
            for kind, value, count, _, _ in shared
            if kind != COMMON and count <= (few if kind == RARE else most)
        ]
        kinds, values = [kind for kind, _ in wanted], [value for _, value in wanted]
        cursor.execute(_LIKE, [kinds, values, kept.pk, kept.who, list(ANYBODY)])
        ids = {key for (key,) in cursor.fetchall()}
    # What too many hold but proves something is compared with its earliest holder.
    ids |= {earliest for kind, _, count, _, earliest in shared if kind in HARD and count > most}
    return held, list(ComparedClaim.objects.filter(pk__in=ids - {kept.pk}))


def _keep_hits(
    found: Iterable[Hit], claims: Iterable[ComparedClaim], known: list[DuplicateHit], day: date
) -> tuple[int, int]:
    """Bring the stored hits up to date: new ones in, changed ones changed, open ones that are no longer alike let go."""
    by_number = {row.number: row for row in claims}
    before = {(row.first_id, row.second_id): row for row in known}
    fresh: list[DuplicateHit] = []
    changed: list[DuplicateHit] = []
    seen: set[tuple[int, int]] = set()
    for hit in found:
        pair = sorted((by_number[hit.first], by_number[hit.second]), key=lambda row: row.pk)
        key = (pair[0].pk, pair[1].pk)
        seen.add(key)
        row = before.get(key) or DuplicateHit(first=pair[0], second=pair[1])
        swapped = pair[0].number != hit.first
        reasons = [_plain(asdict(reason), swapped=swapped) for reason in hit.reasons]
        rules = [reason.rule for reason in hit.reasons]
        if row.pk is not None and row.rules == rules and row.state != State.GONE:
            continue
        # A judged hit with new reasons has to be judged anew; what was said stands in the trail.
        row.state = (
            row.state if row.pk and row.state != State.GONE and set(rules) <= set(row.rules) else State.OPEN
        )
        row.hard, row.weight, row.rules, row.reasons = hit.hard, hit.weight, rules, reasons
        row.as_of, row.policy_hash = day, policy_hash()
        if row.state == State.OPEN:
            row.decided_at, row.decided_by, row.proposed_by, row.against, row.why = None, "", "", "", ""
        (changed if row.pk else fresh).append(row)
    _as_judged_before(fresh)
    DuplicateHit.objects.bulk_create(fresh, batch_size=_CHUNK)
    fields = (
        "hard",
        "weight",
        "rules",
        "reasons",
        "state",
        "as_of",
        "policy_hash",
        "decided_at",
        "decided_by",
    )
    DuplicateHit.objects.bulk_update(changed, [*fields, "proposed_by", "against", "why"], batch_size=_CHUNK)
    stored = [row for row in fresh if row.state == State.OPEN]
    record_many(
        duplicate_events.HIT_FOUND,
        [
            (duplicate_events.hit_subject(row), None, {"rules": "、".join(row.rules), "weight": row.weight})
            for row in stored
        ],
    )
    lost = [row.pk for key, row in before.items() if key not in seen]
    return len(fresh), _let_go(DuplicateHit.objects.filter(pk__in=lost))


def _as_judged_before(fresh: list[DuplicateHit]) -> None:
    """Two claimants of whom people said that they are not one: the same soft reasons between them are not asked about again."""
    soft = [row for row in fresh if not row.hard]
    if not soft:
        return
    whos = {row.first.who for row in soft} | {row.second.who for row in soft}
    judged: dict[frozenset[str], DuplicateHit] = {}
    for old in DuplicateHit.objects.filter(
        state=State.CLEARED, hard=False, first__who__in=whos, second__who__in=whos
    ).select_related("first", "second"):
        judged[frozenset((old.first.who, old.second.who))] = old
    for row in soft:
        old_hit = judged.get(frozenset((row.first.who, row.second.who)))
        if old_hit is not None and set(row.rules) <= set(old_hit.rules):
            row.state, row.decided_by, row.decided_at = State.CLEARED, old_hit.decided_by, timezone.now()
            row.why = f"沿用对 {old_hit.first.number} 与 {old_hit.second.number} 的判断：{old_hit.why}"[:500]


def _let_go(rows: object) -> int:
    return rows.filter(state__in=[State.OPEN, State.PROPOSED]).update(  # type: ignore[attr-defined, no-any-return]
        state=State.GONE, proposed_by="", why=""
    )


def _plain(reason: dict[str, object], *, swapped: bool) -> dict[str, object]:
    if swapped:
        reason["first"], reason["second"] = reason["second"], reason["first"]
    return reason
