"""Scores: lists of a month, a party's page, its history; whose, row-level security says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import allowed
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import table, whole
from youju.rules.trade.credit.effects import Effect, effects_of
from youju.rules.trade.credit.kinds import title_of
from youju.rules.trade.credit.policy import Grade
from youju.trade.credit import permissions
from youju.trade.credit.facts import mark_of, policy_from
from youju.trade.credit.models import Certificate, Plea, Score, SetAside, Snapshot

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1
_HISTORY = 60


def require_any(actor: User, *which: Any) -> None:
    """Stop whoever holds none of the permissions.

    Raises:
        PermissionDenied: in a Chinese sentence.
    """
    if not any(allowed(actor, each) for each in which):
        raise PermissionDenied(f"您的账号没有“{which[0].label}”的权限，如工作需要请联系系统管理员。")


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record on a party's page. ``points`` that it takes by itself, where the item deducts by record; ``open``: a plea is under
    way; ``kinds``: what may be asked about it today (``appeal``, ``repair``)."""

    mark: str
    title: str
    day: date
    number: str
    url: str
    count: int
    outcome: str
    open: bool
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of a score with its records, those against the party first."""

    code: str
    title: str
    most: Decimal
    points: Decimal
    sentence: str
    against: tuple[RecordLine, ...]
    fitting: tuple[RecordLine, ...]


@dataclass(frozen=True, slots=True)
class ScorePage:
    """What the page of a party's credit shows; ``score`` is ``None`` before its first snapshot."""

    party_id: int
    name: str
    score: Score | None
    items: tuple[ItemLine, ...]
    grade_title: str
    effects: tuple[Effect, ...]
    history: tuple[Score, ...]
    pleas: tuple[Plea, ...]
    aside: tuple[SetAside, ...]
    certificates: tuple[Certificate, ...]
    last_appeal_day: date | None
    may_plead: bool


@dataclass(frozen=True, slots=True)
class ScoreFilter:
    """What narrows the list of a month; ``month``: ``2023-12``, empty the latest."""

    month: str = ""
    text: str = ""
    grade: str = ""


def snapshots(actor: User) -> QuerySet[Snapshot]:
    """All snapshots, newest first.

    Raises:
        PermissionDenied: the actor sees no credit at all.
    """
    require_any(actor, permissions.VIEW, permissions.OWN)
    return Snapshot.objects.all()


def latest_snapshot() -> Snapshot | None:
    """The newest snapshot."""
    return Snapshot.objects.order_by("-month").first()


def snapshot_of(month: str) -> Snapshot | None:
    """The snapshot of ``2023-12``; the latest for an empty text or one that is no month."""
    try:
        day = date.fromisoformat(f"{month}-01") if month else None
    except ValueError:
        day = None
    return Snapshot.objects.filter(month=day).first() if day else latest_snapshot()


def months_scored() -> list[str]:
    """The months that were scored, newest first: ``2023-12``."""
    return [
        f"{month:%Y-%m}"
        for month in Snapshot.objects.order_by("-month").values_list("month", flat=True)[:_HISTORY]
    ]


def scores(actor: User, wish: ScoreFilter | None = None) -> QuerySet[Score]:
    """The current scores of a month.

    Raises:
        PermissionDenied: the actor sees no credit of others.
    """
    require_any(actor, permissions.VIEW)
    wish = wish or ScoreFilter()
    snapshot = snapshot_of(wish.month)
    rows = Score.objects.filter(snapshot=snapshot, current=True).defer("evidence", "items")
    for word in wish.text.replace("\0", "").split():
        rows = rows.filter(name__icontains=word) | rows.filter(number__istartswith=word)
    return rows.filter(grade=wish.grade) if wish.grade else rows


def score_page(actor: User, party_id: int, *, month: str = "") -> ScorePage:
    """A party's credit: the latest score (or that of a month) item by item, its history, appeals, certificates.

    Raises:
        PermissionDenied: the actor sees no credit at all.
        InputError: no such party in the actor's reach, or it has no score in that month (404).
    """
    require_any(actor, permissions.VIEW, permissions.OWN)
    rows = Score.objects.filter(party_id=party_id if party_id <= _LARGEST else 0, current=True)
    history = tuple(
        rows.select_related("snapshot").defer("evidence", "items").order_by("-snapshot__month")[:_HISTORY]
    )
    if not history:
        raise InputError("还没有这个主体的信用得分", how="得分在每月初生成，请到时再看", status=404)
    wanted = next(
        (each for each in history if f"{each.snapshot.month:%Y-%m}" == month), None if month else history[0]
    )
    if wanted is None:
        raise InputError(f"没有 {month[:10]} 的得分", how="请从历次得分里选择", status=404)
    row = Score.objects.select_related("snapshot").get(pk=wanted.pk)
    pleas = tuple(Plea.objects.filter(party_id=party_id)[:_HISTORY])
    policy = policy_from(row.snapshot.policy)
    today = timezone.localdate()
    may = allowed(actor, permissions.APPEAL) and row.organisation_id == actor.organisation_id
    last = timezone.localdate(row.scored_at) + timedelta(
        days=whole(law_on(today), "trade.credit.appeal_days")
    )
    return ScorePage(
        party_id=party_id,
        name=row.name,
        score=row,
        items=_items(row, pleas, may=may, appeal=today <= last),
        grade_title=next((each.title for each in policy.grades if each.code == row.grade), row.grade),
        effects=effects_of(row.grade, law_on(today)),
        history=history,
        pleas=pleas,
        aside=tuple(SetAside.objects.filter(party_id=party_id).select_related("plea")),
        certificates=tuple(
            Certificate.objects.filter(party_id=party_id).select_related("score__snapshot")[:12]
        ),
        last_appeal_day=last if today <= last else None,
        may_plead=may,
    )


def _items(row: Score, pleas: Sequence[Plea], *, may: bool, appeal: bool) -> tuple[ItemLine, ...]:
    open_marks = {each.mark for each in pleas if each.state in ("submitted", "checked")}
    repairable = table(law_on(timezone.localdate()), "trade.credit.repair")
    told = {mark_of(each): each for each in row.evidence}

    def line(mark: str, against: bool) -> RecordLine:
        each = told[mark]
        kinds: tuple[str, ...] = ()
        if may and against and mark not in open_marks:
            kinds = (*(("appeal",) if appeal else ()), *(("repair",) if each["kind"] in repairable else ()))
        return RecordLine(
            mark, title_of(each["kind"]), date.fromisoformat(each["day"]), each["number"], each["url"], each["count"],
            each["outcome"], mark in open_marks, kinds,
        )  # fmt: skip

    return tuple(
        ItemLine(
            each["code"], each["title"], Decimal(each["most"]), Decimal(each["points"]), each["sentence"],
            tuple(line(mark, True) for mark in each["against"]), tuple(line(mark, False) for mark in each["fitting"]),
        )
        for each in row.items
    )  # fmt: skip


def own_parties(actor: User) -> list[Score]:
    """The latest scores of the actor's own parties, by name.

    Raises:
        PermissionDenied: the actor has no credit of its own.
    """
    require_any(actor, permissions.OWN)
    rows = Score.objects.filter(organisation_id=actor.organisation_id, current=True).select_related(
        "snapshot"
    )
    newest = rows.defer("evidence", "items").order_by("party_id", "-snapshot__month").distinct("party_id")
    return sorted(newest, key=lambda each: each.name)


def grades_of(snapshot: Snapshot) -> Mapping[str, Grade]:
    """The grades of a snapshot's own policy, best first."""
    return {each.code: each for each in policy_from(snapshot.policy).grades}
