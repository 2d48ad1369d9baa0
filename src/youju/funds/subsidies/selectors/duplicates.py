"""Reads of the duplicate proof: the hits, those of one application, one hit with both records side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import allowed, require
from youju.foundation.policies import law_on
from youju.funds.subsidies import permissions
from youju.funds.subsidies.models import DuplicateHit
from youju.funds.subsidies.selectors.duplicate_pair import Compared, side_by_side
from youju.rules.funds.duplicates.facts import from_json
from youju.rules.funds.duplicates.traits import Preparer
from youju.rules.registry import REGISTRY

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

State, Against = DuplicateHit.State, DuplicateHit.Against
STATES, AGAINST = dict(State.choices), dict(Against.choices)


@dataclass(frozen=True, slots=True)
class HitLine:
    """A hit as seen from one application."""

    row: DuplicateHit
    number: str
    name: str
    policy: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HitPage:
    """A hit with both records, its reasons (each with the title of its rule), and what the reader may do."""

    row: DuplicateHit
    fields: tuple[Compared, ...]
    reasons: tuple[Mapping[str, Any], ...]
    may_decide: bool
    may_agree: bool
    may_reopen: bool


def hits(
    *, actor: User, state: str = "", rule: str = "", text: str = "", hard: bool = False
) -> QuerySet[DuplicateHit]:
    """Hits with their two claims, unsorted. Without a state those that wait for a judgement; ``all`` gives every one.

    Raises:
        PermissionDenied: the actor does not see the applications of all.
    """
    require(actor, permissions.VIEW_CLAIMS)
    rows = DuplicateHit.objects.select_related("first", "second")
    if state != "all":
        rows = rows.filter(state=state) if state else rows.filter(state__in=[State.OPEN, State.PROPOSED])
    if rule:
        rows = rows.filter(rules__contains=[rule])
    if hard:
        rows = rows.filter(hard=True)
    for word in text.replace("\0", "").split():
        rows = rows.filter(
            Q(first__number__icontains=word)
            | Q(second__number__icontains=word)
            | Q(first__name__icontains=word)
            | Q(second__name__icontains=word)
        )
    return rows


def hits_of(application_id: int) -> list[HitLine]:
    """The hits of one application, those that wait first. One query. Its page asks who may see it."""
    rows = (
        DuplicateHit.objects.filter(
            Q(first__application=application_id) | Q(second__application=application_id)
        )
        .exclude(state=State.GONE)
        .select_related("first", "second")
    )
    order = [State.OPEN, State.PROPOSED, State.CONFIRMED, State.CLEARED]
    lines = []
    for row in sorted(
        rows, key=lambda row: (order.index(State(row.state)), not row.hard, -row.weight, row.pk)
    ):
        other = row.second if row.first.application_id == application_id else row.first
        said = tuple(str(reason["message"]) for reason in row.reasons)
        lines.append(HitLine(row, other.number, other.name, other.policy_title, said))
    return lines


def open_hits(application_id: int) -> int:
    """How many hits of an application nobody has judged. One query."""
    return _of(application_id).filter(state__in=[State.OPEN, State.PROPOSED]).count()


def blocking_hits(application_id: int) -> list[DuplicateHit]:
    """The hits that bar an award to an application: not judged yet, or confirmed against it. One query."""
    first, second = Q(first__application=application_id), Q(second__application=application_id)
    against = (first & Q(against__in=[Against.FIRST, Against.BOTH])) | (
        second & Q(against__in=[Against.SECOND, Against.BOTH])
    )
    rows = _of(application_id).filter(
        Q(state__in=[State.OPEN, State.PROPOSED]) | (Q(state=State.CONFIRMED) & against)
    )
    return list(rows.select_related("first", "second"))


def hit_page(*, actor: User, hit: int) -> HitPage | None:
    """One hit; ``None`` where there is none.

    Raises:
        PermissionDenied: the actor does not see the applications of all.
    """
    require(actor, permissions.VIEW_CLAIMS)
    row = DuplicateHit.objects.filter(pk=hit).select_related("first", "second").first()
    if row is None:
        return None
    preparer = Preparer(law_on(timezone.localdate()), remembered=0)
    one, other = (preparer.traits(from_json(each.facts)) for each in (row.first, row.second))
    judges = allowed(actor, permissions.REVIEW_CLAIMS) or allowed(actor, permissions.RECHECK)
    agrees = allowed(actor, permissions.RECHECK) and row.proposed_by != actor.username
    return HitPage(
        row,
        side_by_side(one, other),
        tuple({**reason, "title": rule_title(str(reason["rule"]))} for reason in row.reasons),
        may_decide=judges and row.state == State.OPEN,
        may_agree=judges and agrees and row.state == State.PROPOSED,
        may_reopen=allowed(actor, permissions.RECHECK)
        and row.state in (State.PROPOSED, State.CONFIRMED, State.CLEARED),
    )


def rule_title(rule: str) -> str:
    """The newest title of a rule."""
    return REGISTRY.versions(rule)[-1].title if rule in REGISTRY else rule


def rule_choices() -> list[tuple[str, str]]:
    """The rules of the duplicate proof, for a filter."""
    return [(each.id, f"{each.id} {each.title}") for each in REGISTRY if each.scope == "claims"]


def _of(application_id: int) -> QuerySet[DuplicateHit]:
    return DuplicateHit.objects.filter(
        Q(first__application=application_id) | Q(second__application=application_id)
    )


def waiting(limit: int) -> list[dict[str, Any]]:
    """The hits that wait for a judgement as plain data, for the command line. One query."""
    rows = DuplicateHit.objects.filter(state__in=[State.OPEN, State.PROPOSED]).select_related(
        "first", "second"
    )
    return [
        {
            "id": row.pk,
            "first": row.first.number,
            "first_name": row.first.name,
            "second": row.second.number,
            "second_name": row.second.name,
            "hard": row.hard,
            "weight": row.weight,
            "rules": row.rules,
            "messages": [str(reason["message"]) for reason in row.reasons],
        }
        for row in rows[:limit]
    ]
