"""The statement that finds what waits for somebody: one short walk over the index for each permission and name, then a merge.

The open cases of a whole centre are hundreds of thousands, those that wait for one person tens of thousands; a page shows two
hundred. So nothing is sorted: of each permission that the person holds, and of each name that a case may be assigned to (nobody,
oneself, whom one stands in for), the first cases are read in the order of the index ``workflow_case_waiting_first``, and the few
of all of them are merged. The statement depends on what the person holds and not on the cases: it is made once and kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Case as Choice
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from youju.foundation.workflow import flows
from youju.foundation.workflow.models import Case, Step
from youju.foundation.workflow.selectors.reach import seen
from youju.foundation.workflow.standing_in import Hat

ORDER = ("due_on", "entered_at", "pk")
_KEPT = 512


@dataclass(frozen=True, slots=True)
class Worn:
    """What of a hat chooses cases: the permissions, the organisation, and as whom."""

    permissions: frozenset[str]
    organisation: str
    on_behalf_of: str


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters; its rows are cases with ``hat``, the place of the first hat under which one may act."""

    sql: str
    params: tuple[Any, ...]


def statement(
    worn: Sequence[Hat], username: str, limit: int, *, days_alone: bool = False
) -> Statement | None:
    """The first cases in the order of the to-do list, ``limit`` of each walk; ``None`` where no flow waits for such hats.

    ``days_alone``: of each case its ``due_on`` and nothing else, for counting.
    """
    told = tuple(
        Worn(
            frozenset(permission.value for permission in hat.permissions), hat.organisation, hat.on_behalf_of
        )
        for hat in worn
    )
    return _made(told, username, limit, days_alone, flows.registrations())


@lru_cache(maxsize=_KEPT)
def _made(
    worn: tuple[Worn, ...], username: str, limit: int, days_alone: bool, _registered: object
) -> Statement | None:
    parts: list[str] = []
    params: list[Any] = []
    for rows in _walks(worn, username):
        walk = rows.order_by(*ORDER)[:limit]
        sql, told = (walk.values("due_on") if days_alone else walk).query.sql_with_params()
        parts.append(f"({sql})")
        params += told
    return Statement(" UNION ALL ".join(parts), tuple(params)) if parts else None


def _walks(worn: tuple[Worn, ...], username: str) -> Iterator[QuerySet[Case]]:
    for permission in sorted({each for hat in worn for each in hat.permissions}):
        claims = [(place, hat, _claim(hat, username, permission)) for place, hat in enumerate(worn)]
        found = [(place, hat, *claim) for place, hat, claim in claims if claim is not None]
        names = sorted({"", username, *(hat.on_behalf_of for _, hat, _, _ in found)}) if found else []
        for name in names:
            mine = [each for each in found if name in ("", username, each[1].on_behalf_of)]
            wanted = Q(pk__in=[])
            for _, _, claim, _ in mine:
                wanted |= claim
            rows = Case.objects.filter(
                wanted, finished_at__isnull=True, waiting_for=permission, assigned_to=name
            )
            rows = seen(rows, {code for each in mine for code in each[3]})
            first = [When(claim, then=Value(place)) for place, _, claim, _ in mine]
            hat = (
                Value(mine[0][0], output_field=IntegerField())
                if len(mine) == 1
                else Choice(*first, default=Value(0), output_field=IntegerField())
            )
            yield rows.annotate(hat=hat)


def _claim(hat: Worn, username: str, permission: str) -> tuple[Q, frozenset[str]] | None:
    """What may be taken a step ahead under the hat of the cases that wait for a permission, and of which flows these are: what
    ``choosing.choose_hat`` says, for the database. ``None``: nothing.
    """
    if permission not in hat.permissions:
        return None
    people = [name for name in (username, hat.on_behalf_of) if name]
    alike: dict[tuple[frozenset[str], str, bool], Q] = defaultdict(lambda: Q(pk__in=[]))
    codes = set()
    for flow in flows.versions():
        for state in flow.states:
            if state.permission != permission:
                continue
            for step in flow.ahead(state):
                codes.add(flow.code)
                alike[frozenset(step.not_by), step.own, flow.within] |= Q(
                    flow=flow.code, flow_since=flow.since, state=state.code
                )
    if not alike:
        return None
    taken = Q(by__in=people) | Q(on_behalf_of__in=people)
    found = Q(pk__in=[])
    for (not_by, own, within), where in alike.items():
        claim = where
        if within:
            claim &= Q(organisation__in=["", hat.organisation])
        if not_by:
            barring = Step.objects.filter(
                taken, case=OuterRef("pk"), round=OuterRef("round"), transition__in=sorted(not_by)
            )
            claim &= Q(~Exists(barring))
        if own:
            later = Step.objects.filter(case=OuterRef("case"), transition=own, number__gt=OuterRef("number"))
            last = Step.objects.filter(taken, ~Exists(later), case=OuterRef("pk"), transition=own)
            claim &= Q(Exists(last))
        found |= claim
    return found & (Q(waits_at=[]) | Q(waits_at__contains=[hat.organisation])), frozenset(codes)
