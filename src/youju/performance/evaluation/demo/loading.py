"""The demo year's evaluations, authored in ``demo/performance/evaluation.yaml``: values and points are the real ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml
from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity import demo as people
from youju.foundation.kernel import places
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk
from youju.performance.evaluation import events, measured
from youju.performance.evaluation.demo.others import department, key_evaluation
from youju.performance.evaluation.facts import (
    actual_of,
    budget_of,
    day_of,
    facts_of,
    provisional,
    put_actual,
    stage_of,
)
from youju.performance.evaluation.models import AppliedResult, EvaluationRow, Fund, SelfEvaluation
from youju.performance.evaluation.services import freezing, opening, stepping
from youju.performance.targets import selectors as targets
from youju.rules.performance.evaluation import lifecycle
from youju.rules.performance.evaluation.results import consequence
from youju.rules.performance.evaluation.schemas import schema_of
from youju.rules.performance.targets.values import split_value

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

YEAR = 2023
FOLDER = places.DEMO / "performance"
Person = tuple[str, str]
STAFF, OFFICER, HEAD, FINANCE = (
    ("demo-stf", "陈立"),
    ("demo-pfo", "周敏"),
    ("demo-hed", "李建国"),
    ("demo-fin", "王芳"),
)
CENTRE = "DEMO-ZX"
_WAY: Sequence[tuple[str, Person, date]] = (
    ("submit", STAFF, date(2024, 1, 22)),
    ("check", OFFICER, date(2024, 1, 30)),
    ("approve", HEAD, date(2024, 2, 2)),
    ("recheck", FINANCE, date(2024, 3, 5)),
    ("apply", OFFICER, date(2024, 3, 20)),
)
_STEPS = {"filling": 0, "submitted": 1, "checked": 2, "approved": 3, "rechecked": 4, "applied": 5}


@cache
def told() -> dict[str, Any]:
    """``demo/performance/evaluation.yaml``."""
    with (FOLDER / "evaluation.yaml").open(encoding="utf-8") as file:
        found: dict[str, Any] = yaml.safe_load(file)
        return found


@transaction.atomic
def load(say: Callable[[str], None] = lambda _: None) -> bool:
    """Load them once; whether anything was loaded. Targets, money and bindings are there already."""
    with reaching_all():
        target_set = targets.active_set(year=YEAR)
        officer = people.find("PFO")
        if target_set is None or not target_set.is_demo or officer is None or SelfEvaluation.objects.exists():
            return False
        say(f"自评 {YEAR} 年的项目")
        heads = _opened(target_set, officer)
        until = day_of(YEAR)
        frozen = measured.frozen_rows(target_set, until, f"{YEAR} 年绩效自评")
        money = measured.money_of_year(YEAR, until, heads[0].money_unit)
        cases = []
        for head, stage in zip(heads, told()["stages"], strict=True):
            live, behind = frozen.get(head.project_code, ([], {}))
            walk = _walk(head, stage, live, behind, money.get(head.project_code, []))
            cases.append((str(head.pk), events.self_subject(head).label, CENTRE, walk))
        write_cases(lifecycle.SELF_KIND, cases)
        department(target_set, told()["department"], officer)
        key_evaluation(heads, told()["key"], officer)
        record(
            events.LOADED, Subject(events.DEMO_KIND, str(YEAR), "示例年度的评价"), None, {"count": len(heads)}
        )
    return True


def _opened(target_set: Any, officer: User) -> list[SelfEvaluation]:
    document = targets.document(target_set)
    heads = [
        opening.head_of(target_set, document, each, order, "", officer)
        for order, each in enumerate(document.projects, 1)
    ]
    for head in heads:
        head.opened_at = _at(date(2024, 1, 8), 9)
    made = SelfEvaluation.objects.bulk_create(heads)
    EvaluationRow.objects.bulk_create(
        row for head, each in zip(made, document.projects, strict=True) for row in opening.rows_of(head, each)
    )
    return made


def _walk(head: SelfEvaluation, stage: str, live: Any, behind: Any, money: Any) -> Walk:
    walk = Walk(lifecycle.SELF_FLOW, OFFICER, _at(date(2024, 1, 8), 9))
    _fill(head, live, money)
    returned = stage == "returned"
    steps = 1 if returned else _STEPS[stage]
    if steps:
        try:
            freezing.freeze_with(head, live, behind, money, until=day_of(YEAR))
        except InputError:
            # A row whose records have no value yet keeps its project with the section.
            head.refresh_from_db()
            steps, returned = 0, False
    for code, who, day in _WAY[:steps]:
        _take(head, walk, code, who, _at(day, 10 + head.order % 6))
    if returned:
        freezing.thaw(head)
        walk.take("return_submitted", OFFICER, _at(date(2024, 1, 29), 15), told()["returned"]["reason"])
    head.state = walk.state
    head.save()
    if head.state == lifecycle.APPLIED:
        _apply(head)
    return walk


def _take(head: SelfEvaluation, walk: Walk, code: str, who: Person, at: datetime) -> None:
    walk.take(code, who, at)
    if code == "submit":
        head.submitted_by, head.submitted_at = who[0], at
    elif code == "approve":
        head.approved_by, head.approved_at = who[0], at
    elif code == "recheck":
        _recheck(head)
        head.rechecked_by, head.rechecked_at = who[0], at


def _recheck(head: SelfEvaluation) -> None:
    for each in told()["recheck"]:
        if each["project"] == head.order:
            row = head.rows.get(number=each["row"])
            if row.score is not None:
                row.own_score = max(Decimal(0), row.score - Decimal(each["less"]))
                row.own_reason = each["reason"]
                row.save()
    head.recheck_note = told()["notes"].get(head.order, "")
    stepping.settle(head)


def _apply(head: SelfEvaluation) -> None:
    code, words = consequence(head.recheck_grade, law_on(day_of(YEAR)))
    AppliedResult.objects.create(
        evaluation=head, fiscal_year=YEAR, applied_year=YEAR + 1, project_code=head.project_code,
        total=head.recheck_total or Decimal(0), grade=head.recheck_grade, follows=code, follows_text=words,
        decided_by=OFFICER[0], decided_name=OFFICER[1], decided_at=_at(_WAY[-1][2], 16), is_demo=True,
    )  # fmt: skip


def _fill(head: SelfEvaluation, live: Any, money: Any) -> None:
    """What the section wrote: a tier where nothing computes one, causes and measures where points are missing."""
    rows = list(head.rows.all())
    values = {each.row: actual_of(each) for each in live}
    law = law_on(day_of(YEAR))
    best = next(iter(schema_of(head.schema, law).tiers))
    for row in rows:
        if row.number in values:
            put_actual(row, values[row.number])
        if not row.tier and row.value is None and split_value(row.target).value.operator is None:
            row.tier, row.tier_rate, row.tier_by = best, Decimal(told()["tier_rate"]), STAFF[0]
    facts = facts_of(head, rows, budget_of(head, _funds(head, money)))
    head.execution_reason = told()["execution"] if head.order % 2 == 0 else ""
    stage = stage_of(head, rows, facts, law)
    if stage.executed < 90 and not head.execution_reason:
        head.execution_reason = told()["execution"]
    found = provisional(facts, law)
    reached = 0
    for row, each in zip(rows, found.rows, strict=True):
        if each is None or each.score < each.weight:
            row.cause, row.improvement = told()["cause"], told()["improvement"]
        else:
            reached += 1
            if each.reached is not None and each.reached * 100 > stage.schema.over_target:
                row.cause = told()["over"]
    for row in rows:
        if not row.tier_by:  # what the records say is written when it is frozen
            row.tier, row.tier_rate = "", None
    EvaluationRow.objects.bulk_update(rows, ["cause", "improvement", "tier", "tier_rate", "tier_by"])
    short = len(rows) - reached
    words = f"，{short} 项没有得满分，原因和措施见各行" if short else ""
    head.done = told()["done"].format(reached=reached, short=words)
    head.save()


def _funds(head: SelfEvaluation, money: Any) -> list[Fund]:
    return [
        Fund(
            evaluation=head,
            kind=each.kind,
            initial=each.initial,
            adjusted=each.adjusted,
            executed=each.executed,
        )
        for each in money
    ]


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), CHINA)
