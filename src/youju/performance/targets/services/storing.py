"""Writing a whole document as a new draft version of its unit and year. Inner step: callers check permissions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Max

from youju.performance.targets import facts, models, selectors
from youju.performance.targets.services.accepting import unit_key
from youju.performance.targets.services.linting import carry_answers, lint_set
from youju.performance.targets.services.versions import begin, make_room, settle
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
    adjust_reason: str = "",
    adjust_document: str = "",
) -> models.TargetSet:
    """Write an accepted document as a new draft version, lint it, and put it on its way.

    A draft that was there is replaced by it; answers to findings that are still the same go along. ``serves`` gives
    project code → 1-based sub-goal numbers; ``None`` carries the former version's over, by project code and sub-goal title.

    Raises:
        InputError: a version of the unit and year is being reviewed (409).
    """
    key = unit_key(document)
    lock_unit_year(key, fiscal_year)
    same = models.TargetSet.objects.filter(unit_key=key, fiscal_year=fiscal_year)
    former = selectors.working_set(year=fiscal_year, unit=key)
    if serves is None:
        serves = _carried_over(former, document)
    replaced = make_room(key, fiscal_year, imported_by)
    if replaced is not None and not adjust_reason:
        adjust_reason, adjust_document = replaced.adjust_reason, replaced.adjust_document
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
        is_active=False,
        based_on=former,
        adjust_reason=adjust_reason,
        adjust_document=adjust_document,
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
        models.PlanPoint(project=row, month=month, amount=amount(text))
        for row, each in rows
        for month, text in each.plan.items()
    )
    models.ProjectGoal.objects.bulk_create(
        models.ProjectGoal(project=row, order=order, text=text)
        for row, each in rows
        for order, text in enumerate(each.goals, 1)
    )
    models.Indicator.objects.bulk_create(
        indicator for row, each in rows for indicator in indicator_rows(row, each)
    )
    models.ProjectSubgoal.objects.bulk_create(
        models.ProjectSubgoal(project=row, subgoal=subgoals[number - 1])
        for row in projects
        for number in serves.get(row.code, ())
    )
    lint_set(target_set)
    if former is not None:
        carry_answers(former, target_set)
    begin(target_set, imported_by)
    settle(key, fiscal_year)
    target_set.refresh_from_db(fields=["is_active", "state"])
    return target_set


def amount(text: str | None) -> Decimal | None:
    """A printed number as it is stored."""
    return None if text is None else Decimal(text)


def _project(target_set: models.TargetSet, order: int, each: Project) -> models.Project:
    return models.Project(
        target_set=target_set,
        order=order,
        code=each.code,
        name=each.name,
        budget=amount(each.budget),
        fiscal=amount(each.fiscal),
        other=amount(each.other),
        purpose=each.purpose,
    )


def indicator_rows(row: models.Project, each: Project) -> list[models.Indicator]:
    """The unsaved rows of a project's table."""
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
            number=amount(indicator.value.number),
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
