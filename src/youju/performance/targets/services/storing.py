"""Writing a whole document as the active version of its unit and year. Inner step: callers check permissions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Max

from youju.performance.targets import facts, models
from youju.performance.targets.services.accepting import unit_key
from youju.performance.targets.services.linting import lint_set
from youju.rules.performance.targets.codec import to_json
from youju.rules.performance.targets.facts import Project, TargetDocument

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def content_hash(document: TargetDocument) -> str:
    """The hash of what a document says, whatever file it came in."""
    plain = json.dumps(to_json(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def lock_unit_year(key: str, fiscal_year: int) -> None:
    """Let one import of a unit and year run at a time, until the transaction ends."""
    digest = hashlib.sha256(f"targets {fiscal_year} {key}".encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], signed=True)])


@transaction.atomic
def store(
    document: TargetDocument,
    *,
    fiscal_year: int,
    source_name: str,
    source_sha256: str,
    imported_by: User | None,
    is_demo: bool,
    serves: Mapping[str, Sequence[int]] | None = None,
) -> models.TargetSet:
    """Write an accepted document as the new active version and lint it.

    ``serves`` gives project code → 1-based sub-goal numbers; ``None`` carries the former version's over, by
    project code and sub-goal title.
    """
    key = unit_key(document)
    lock_unit_year(key, fiscal_year)
    same = models.TargetSet.objects.filter(unit_key=key, fiscal_year=fiscal_year)
    former = same.filter(is_active=True).first()
    if serves is None:
        serves = _carried_over(former, document)
    same.filter(is_active=True).update(is_active=False)
    target_set = models.TargetSet.objects.create(
        fiscal_year=fiscal_year,
        stated_year=document.document.fiscal_year,
        unit_key=key,
        unit_code=document.document.unit_code,
        unit_name=document.document.unit_name,
        money_unit=document.document.money_unit,
        schema=document.document.schema,
        goal=document.department.goal,
        source_name=source_name,
        source_sha256=source_sha256,
        content_hash=content_hash(document),
        version=(same.aggregate(last=Max("version"))["last"] or 0) + 1,
        is_demo=is_demo,
        imported_by=imported_by,
    )
    subgoals = models.Subgoal.objects.bulk_create(
        models.Subgoal(
            target_set=target_set, order=order, title=each.title, goal=each.goal, indicator=each.indicator
        )
        for order, each in enumerate(document.department.subgoals, 1)
    )
    models.Safeguard.objects.bulk_create(
        models.Safeguard(target_set=target_set, order=order, title=each.title, text=each.text)
        for order, each in enumerate(document.department.safeguards, 1)
    )
    projects = models.Project.objects.bulk_create(
        _project(target_set, order, each) for order, each in enumerate(document.projects, 1)
    )
    rows = list(zip(projects, document.projects, strict=True))
    models.PlanPoint.objects.bulk_create(
        models.PlanPoint(project=row, month=month, amount=_amount(amount))
        for row, each in rows
        for month, amount in each.plan.items()
    )
    models.ProjectGoal.objects.bulk_create(
        models.ProjectGoal(project=row, order=order, text=text)
        for row, each in rows
        for order, text in enumerate(each.goals, 1)
    )
    models.Indicator.objects.bulk_create(
        indicator for row, each in rows for indicator in _indicators(row, each)
    )
    models.ProjectSubgoal.objects.bulk_create(
        models.ProjectSubgoal(project=row, subgoal=subgoals[number - 1])
        for row in projects
        for number in serves.get(row.code, ())
    )
    lint_set(target_set)
    return target_set


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _project(target_set: models.TargetSet, order: int, each: Project) -> models.Project:
    return models.Project(
        target_set=target_set,
        order=order,
        code=each.code,
        name=each.name,
        budget=_amount(each.budget),
        fiscal=_amount(each.fiscal),
        other=_amount(each.other),
        purpose=each.purpose,
    )


def _indicators(row: models.Project, each: Project) -> list[models.Indicator]:
    return [
        models.Indicator(
            project=row,
            order=order,
            level1=indicator.level1,
            level2=indicator.level2,
            level3=indicator.level3,
            description=indicator.description,
            raw_value=indicator.raw_value,
            kind=indicator.value.kind.value,
            operator=indicator.value.operator,
            number=_amount(indicator.value.number),
            unit=indicator.value.unit,
            basis=indicator.basis,
        )
        for order, indicator in enumerate(each.indicators, 1)
    ]


def _carried_over(former: models.TargetSet | None, document: TargetDocument) -> dict[str, list[int]]:
    if former is None:
        return {}
    titles = [subgoal.title for subgoal in former.subgoals.all()]
    numbers = {subgoal.title: number for number, subgoal in enumerate(document.department.subgoals, 1)}
    return {
        code: [numbers[titles[order - 1]] for order in orders if titles[order - 1] in numbers]
        for code, orders in facts.serves(former).items()
    }
