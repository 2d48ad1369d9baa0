"""What the report shows: findings by category, section and state, and how old the open ones are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum
from django.utils import timezone

from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import require
from youju.foundation.policies import law_on
from youju.funds.internal_audits import permissions
from youju.funds.internal_audits.models import Finding
from youju.rules.funds.internal_audits.judging import age_class, age_labels
from youju.rules.funds.internal_audits.kinds import CATEGORIES, SERIOUSNESS
from youju.rules.funds.internal_audits.lifecycle import CLOSED, FINDING_STATES, OPEN, WITHDRAWN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: how many findings, how many open, late and closed, and the amount in CNY."""

    label: str
    count: int
    open: int
    late: int
    closed: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a year (of all years with 0); withdrawn findings do not count. ``ages``: label and number of open ones."""

    year: int
    years: tuple[int, ...]
    total: Line
    by_category: tuple[Line, ...]
    by_section: tuple[Line, ...]
    by_seriousness: tuple[Line, ...]
    by_state: tuple[tuple[str, int], ...]
    ages: tuple[tuple[str, int], ...]
    reopened: int


def report(actor: User, year: int = 0) -> Report:
    """The report; eight queries, however many findings there are.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
    """
    require(actor, permissions.VIEW)
    today = timezone.localdate()
    every = Finding.objects.exclude(state=WITHDRAWN)
    years = tuple(sorted((day.year for day in every.order_by().dates("found_on", "year")), reverse=True))
    rows = every.filter(found_on__year=year) if year else every
    counts = {
        "count": Count("pk"),
        "open": Count("pk", filter=Q(state__in=OPEN)),
        "late": Count("pk", filter=Q(state__in=OPEN, due_on__lt=today)),
        "closed": Count("pk", filter=Q(state=CLOSED)),
        "amount": Sum("amount"),
    }

    def by(field: str, labels: dict[str, str]) -> tuple[Line, ...]:
        found = {each[field]: each for each in rows.order_by().values(field).annotate(**counts)}
        known = [*labels, *(key for key in found if key not in labels)]
        return tuple(_line(labels.get(key, key), found[key]) for key in known if key in found)

    states = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return Report(
        year=year,
        years=years,
        total=_line("合计", rows.aggregate(**counts)),
        by_category=by("category", dict(CATEGORIES)),
        by_section=by("section", dict(sections())),
        by_seriousness=by("seriousness", dict(SERIOUSNESS)),
        by_state=tuple((label, states[code]) for code, label in FINDING_STATES.items() if code in states),
        ages=_ages(
            rows.filter(state__in=OPEN).order_by().values_list("found_on").annotate(Count("pk")), today
        ),
        reopened=rows.filter(reopened__gt=0).count(),
    )


def _ages(found: object, today: date) -> tuple[tuple[str, int], ...]:
    law = law_on(today)
    labels = age_labels(law)
    counts = [0] * len(labels)
    for day, many in found:  # type: ignore[attr-defined]
        counts[age_class(day, today, law)] += many
    return tuple(zip(labels, counts, strict=True))


def _line(label: str, found: dict[str, object]) -> Line:
    whole = {name: int(str(found[name] or 0)) for name in ("count", "open", "late", "closed")}
    return Line(label, amount=Decimal(str(found["amount"] or 0)), **whole)
