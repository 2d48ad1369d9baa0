"""Scoring a party again after a decision: a further revision, the older ones stay; the level follows."""

from __future__ import annotations

from datetime import date, datetime

from youju.foundation.audit.services import record
from youju.foundation.kernel.context import reaching_all
from youju.rules.trade.credit.scoring import score
from youju.trade.credit import events
from youju.trade.credit.facts import kept, policy_from
from youju.trade.credit.models import Score, Snapshot
from youju.trade.credit.selectors.evidence import counting, evidence, set_aside
from youju.trade.parties.services import LevelGiven, set_credit_levels


def score_again(party_id: int, first: date, moment: datetime, why: str) -> list[Score]:
    """The party's scores of all snapshots from a month on, made anew under each one's own policy.

    Inside the caller's transaction. The level follows the last of them from the day of ``moment`` on.
    """
    made: list[Score] = []
    with reaching_all():
        rows = Score.objects.select_for_update(of=("self",)).filter(party_id=party_id, current=True)
        old_rows = list(
            rows.filter(snapshot__month__gte=first).select_related("snapshot").order_by("snapshot__month")
        )
        aside = set_aside(moment, [party_id]).get(party_id, frozenset())
        for old in old_rows:
            made.append(_one(old, old.snapshot, aside, moment, why))
        latest = Snapshot.objects.order_by("-month").values_list("pk", flat=True).first()
        if made and made[-1].snapshot_id == latest:
            last = made[-1]
            set_credit_levels(
                levels={party_id: LevelGiven(last.grade, last.total)}, since=events.day_of(moment), basis=why
            )
    return made


def _one(old: Score, snapshot: Snapshot, aside: frozenset[str], moment: datetime, why: str) -> Score:
    policy = policy_from(snapshot.policy)
    told = evidence(policy, snapshot.day, [old.party_id]).get(old.party_id, ())
    scored = score(counting(told, aside), policy, snapshot.day)
    Score.objects.filter(pk=old.pk).update(current=False)
    new = Score.objects.create(
        snapshot=snapshot, party_id=old.party_id, organisation_id=old.organisation_id, sections=old.sections,
        name=old.name, number=old.number, revision=old.revision + 1, aside=sorted(aside), scored_at=moment, why=why[:200],
        **kept(scored),
    )  # fmt: skip
    if old.grade != new.grade:
        grades = dict(snapshot.grades)
        grades[old.grade] = grades.get(old.grade, 1) - 1
        grades[new.grade] = grades.get(new.grade, 0) + 1
        snapshot.grades = grades
        snapshot.save(update_fields=["grades"])
    record(
        events.SCORED_AGAIN, events.score_subject(new), {"total": old.total, "grade": old.grade},
        {"total": new.total, "grade": new.grade}, reason=why,
    )  # fmt: skip
    return new
