"""The demo's department and key evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from youju.foundation.policies import law_on
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk
from youju.performance.evaluation import events
from youju.performance.evaluation.facts import day_of
from youju.performance.evaluation.models import ExpertPoint, KeyEvaluation, KeyItem, SelfEvaluation
from youju.performance.evaluation.selectors.keys import result_of
from youju.performance.evaluation.services import make_department
from youju.rules.performance.evaluation import lifecycle
from youju.rules.performance.evaluation.keys import framework

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet

_CENTRE = "DEMO-ZX"


def department(target_set: TargetSet, told: Mapping[str, Any], officer: User) -> None:
    """The department's year, computed and waiting for the head."""
    if SelfEvaluation.objects.filter(state__in=lifecycle.FROZEN).exists():
        make_department(actor=officer, fiscal_year=target_set.fiscal_year, done=told["done"])


def key_evaluation(heads: Sequence[SelfEvaluation], told: Mapping[str, Any], officer: User) -> None:
    """One project's key evaluation, finished."""
    head = heads[told["project"] - 1]
    day = day_of(head.fiscal_year)
    row = KeyEvaluation.objects.create(
        fiscal_year=head.fiscal_year, project_code=head.project_code, project_name=head.project_name, schema=head.schema,
        day=day, experts=list(told["experts"]), experience=told["experience"], problems=told["problems"],
        advice=told["advice"], opened_by=officer.username, is_demo=True,
    )  # fmt: skip
    items = KeyItem.objects.bulk_create(
        KeyItem(key=row, number=number, part=part, name=name, standard=standard, weight=weight)
        for number, (part, name, standard, weight) in enumerate(framework(law_on(day)), 1)
    )
    ExpertPoint.objects.bulk_create(
        ExpertPoint(
            item=item,
            expert=expert,
            score=Decimal(points),
            comment=told["comments"].get(expert, {}).get(item.number, ""),
            entered_by=officer.username,
        )
        for expert, given in told["experts"].items()
        for item, points in zip(items, given, strict=True)
    )
    found = result_of(row)
    row.total, row.grade, row.state = found.total, found.grade, lifecycle.CLOSED
    row.closed_by, row.closed_at = officer.username, _at(date(2024, 4, 12))
    row.save()
    walk = Walk(lifecycle.KEY_FLOW, (officer.username, officer.display_name), _at(date(2024, 3, 25)))
    walk.take("close", (officer.username, officer.display_name), _at(date(2024, 4, 12)))
    write_cases(lifecycle.KEY_KIND, [(str(row.pk), events.key_subject(row).label, _CENTRE, walk)])


def _at(day: date) -> datetime:
    return datetime.combine(day, time(15), CHINA)
