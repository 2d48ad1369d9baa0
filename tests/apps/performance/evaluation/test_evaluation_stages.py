"""The stages of a self-evaluation: filled, frozen, checked, approved, checked again, applied; each refusal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from funds_made import paid
from kept import kept
from selves_made import CODE, World, approved, filled, opened, settled, step, submitted, world
from trade_people import as_
from youju.foundation.audit.selectors import history
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.metrics.models import FrozenFigure
from youju.foundation.workflow.selectors import todo_count
from youju.performance.evaluation import events, selectors, services
from youju.performance.evaluation.models import AppliedResult, Figure, SelfEvaluation
from youju.performance.evaluation.services import FillWish, OwnPoints, RowWish
from youju.performance.evaluation.services.refusing import EvaluationRefusedError
from youju.performance.targets.models import TargetSet

pytestmark = pytest.mark.django_db


@kept
def year() -> World:
    return world()


def test_a_year_is_begun_once_for_every_project(year: World) -> None:
    head = opened(year)
    assert (head.project_code, head.schema, head.rows.count()) == (CODE, "mof-2020", 5)
    assert services.open_year(actor=year.team.officer, fiscal_year=year.year) == 0
    assert todo_count(year.team.asks) == 1


def test_targets_that_are_not_approved_and_strangers_are_refused(year: World) -> None:
    TargetSet.objects.filter(pk=year.target_set.pk).update(state="draft")
    with pytest.raises(InputError, match="还没有批准"):
        services.open_year(actor=year.team.officer, fiscal_year=year.year)
    with pytest.raises(PermissionDenied):
        services.open_year(actor=year.team.auditor, fiscal_year=year.year)
    with pytest.raises(InputError, match="没有 2001 年"):
        services.open_year(actor=year.team.officer, fiscal_year=2001)


def test_the_usual_way_with_every_figure_frozen(year: World) -> None:
    head = submitted(year)
    # 12.5 each of 产出 and 成本 (16.67 for three), by ratio; the tier 90 %; execution 95 % of 10.
    rows = list(head.rows.prefetch_related("figures"))
    assert [row.shown for row in rows] == ["95%", "100%", "0.95 万元", "", "95%"]
    assert head.execution_score == Decimal("9.50")
    assert head.total == head.execution_score + sum(row.score for row in rows)
    assert [len(row.figures.all()) for row in rows] == [1, 1, 1, 0, 1]
    for figure in Figure.objects.all():
        kept_figure = FrozenFigure.objects.get(pk=figure.frozen)
        assert (figure.value, figure.row_hash) == (kept_figure.value, kept_figure.row_hash)
        assert figure.parameters == {"project": CODE}
    money = {fund.kind: (fund.adjusted, fund.executed) for fund in head.funds.all()}
    assert money == {kind: (Decimal("1.000000"), Decimal("0.950000")) for kind in ("total", "fiscal")}
    step(year, year.team.officer, "check")
    step(year, year.team.head, "approve")
    services.recheck(
        actor=year.team.finance,
        evaluation_id=head.pk,
        rows={1: OwnPoints(Decimal(10), "口径偏宽")},
        note="其余同意",
    )
    done = step(year, year.team.finance, "recheck")
    assert done.recheck_total == head.total - rows[0].score + 10
    page = selectors.self_page(year.team.auditor, head.pk)
    assert page.rows[0].difference == Decimal(10) - rows[0].score
    assert page.difference == done.recheck_total - head.total
    made = services.apply_result(actor=year.team.officer, evaluation_id=head.pk, note="已通报")
    assert (made.applied_year, made.grade) == (year.year + 1, done.recheck_grade)
    found = selectors.results(year.year)[CODE]
    assert (found.total, found.applied, found.follows) == (done.recheck_total, True, made.follows)
    assert found.missed[0][:2] == (1, "资金支付率")
    subject = events.self_subject(head)
    deeds = {line.deed for line in history(subject.kind, subject.key).lines}
    assert {"冻结了完成值并打分", "登记了复核得分", "应用了评价结果"} <= deeds


def test_what_is_missing_is_said_all_at_once_and_nothing_is_frozen(year: World) -> None:
    opened(year)
    with pytest.raises(EvaluationRefusedError) as refused:
        step(year, year.team.asks, "submit")
    assert {each.rule for each in refused.value.findings} == {"EVL-008", "EVL-009", "EVL-010", "EVL-012"}
    assert not Figure.objects.exists() and year.head.state == "filling"


def test_values_cannot_be_typed_nor_computed_rows_judged(year: World) -> None:
    head = opened(year)
    with pytest.raises(InputError, match="不能自己分档"):
        services.fill(
            actor=year.team.asks,
            evaluation_id=head.pk,
            wish=FillWish(rows={1: RowWish(tier="reached", tier_rate=Decimal(100))}),
        )
    for rate in (None, Decimal("79.99")):
        with pytest.raises(InputError, match="对不上"):
            services.fill(
                actor=year.team.asks, evaluation_id=head.pk, wish=FillWish(rows={4: RowWish(tier="reached", tier_rate=rate)})
            )  # fmt: skip
    with pytest.raises(PermissionDenied):
        services.fill(actor=year.team.officer, evaluation_id=head.pk, wish=FillWish(done="x"))


def test_a_stale_save_and_a_save_after_the_submission_are_refused(year: World) -> None:
    head = filled(year)
    with pytest.raises(InputError, match="别人已经存过"):
        services.fill(
            actor=year.team.asks, evaluation_id=head.pk, wish=FillWish(done="x"), revision=head.revision - 1
        )
    step(year, year.team.asks, "submit")
    with pytest.raises(InputError, match="不能再填"):
        services.fill(actor=year.team.asks, evaluation_id=head.pk, wish=FillWish(done="x"))


def test_nobody_checks_or_approves_what_they_handed_on(year: World) -> None:
    year.team.asks.roles = ["STF", "PFO", "HED"]
    year.team.asks.save()
    submitted(year)
    with pytest.raises(PermissionDenied):
        step(year, year.team.asks, "check")
    step(year, year.team.officer, "check")
    with pytest.raises(PermissionDenied):
        step(year, year.team.asks, "approve")
    with pytest.raises(PermissionDenied):
        step(year, year.team.officer, "approve")


def test_a_return_thaws_keeps_words_and_needs_a_reason(year: World) -> None:
    submitted(year)
    with pytest.raises(InputError, match="理由"):
        step(year, year.team.officer, "return_submitted")
    head = step(year, year.team.officer, "return_submitted", "请补充第 1 行的原因")
    assert (head.state, head.total, head.grade) == ("filling", None, "")
    rows = list(head.rows.all())
    assert rows[0].cause and rows[3].tier == "reached" and not any(row.actual for row in rows)
    assert not Figure.objects.exists() and not head.funds.exists() and FrozenFigure.objects.exists()
    assert step(year, year.team.asks, "submit").total is not None


def test_later_records_are_shown_as_a_difference_and_change_nothing(year: World) -> None:
    head = submitted(year)
    assert selectors.drifts(year.team.auditor, head.pk) == []
    with reaching_all():
        paid(year.team, year.money, "300.00")
    found = selectors.drifts(year.team.auditor, head.pk)
    assert [(each.row.number, each.row.shown, each.now) for each in found] == [
        (1, "95%", "98%"),
        (3, "0.95 万元", "0.98 万元"),
        (5, "95%", "98%"),
    ]
    assert year.head.total == head.total


def test_a_reduction_is_a_recorded_decision_with_who_when_why(year: World) -> None:
    head = submitted(year)
    before = head.rows.get(number=5).score
    services.reduce_row(
        actor=year.team.officer, evaluation_id=head.pk, number=5, rate=Decimal(20), reason="目标低于上年实际"
    )
    row = head.rows.get(number=5)
    assert row.score == before * Decimal("0.8") and "调减 20%" in row.reason
    assert (row.reduction_by, bool(row.reduction_at)) == (year.team.officer.username, True)
    assert year.head.total == head.total - before * Decimal("0.2")
    with pytest.raises(InputError, match="不能调减"):
        services.reduce_row(
            actor=year.team.officer, evaluation_id=head.pk, number=1, rate=Decimal(5), reason="x"
        )
    with pytest.raises(InputError, match="理由"):
        services.reduce_row(
            actor=year.team.officer, evaluation_id=head.pk, number=5, rate=Decimal(5), reason=" "
        )
    services.reduce_row(actor=year.team.officer, evaluation_id=head.pk, number=5, rate=None)
    assert year.head.total == head.total


@pytest.mark.parametrize(("score", "reason", "said"), [("12", "", "没有写理由"), ("60", "x", "应在 0 到")])
def test_finance_needs_a_reason_and_stays_within_the_weight(
    year: World, score: str, reason: str, said: str
) -> None:
    head = approved(year)
    with pytest.raises(InputError, match=said):
        services.recheck(
            actor=year.team.finance, evaluation_id=head.pk, rows={1: OwnPoints(Decimal(score), reason)}
        )
        step(year, year.team.finance, "recheck")


def test_a_result_is_applied_once_and_only_after_finance(year: World) -> None:
    head = approved(year)
    with pytest.raises(InputError):
        services.apply_result(actor=year.team.officer, evaluation_id=head.pk)
    step(year, year.team.finance, "recheck")
    services.apply_result(actor=year.team.officer, evaluation_id=head.pk)
    with pytest.raises(InputError):
        services.apply_result(actor=year.team.officer, evaluation_id=head.pk)
    assert AppliedResult.objects.count() == 1


def test_no_budget_is_an_error_and_no_score(year: World) -> None:
    filled(year)
    SelfEvaluation.objects.update(project_code="OTHER")
    with pytest.raises(InputError):
        step(year, year.team.asks, "submit")


def test_the_department_is_explained_and_confirmed_by_the_head(year: World) -> None:
    opened(year)
    with pytest.raises(InputError, match="还没有项目提交"):
        services.make_department(actor=year.team.officer, fiscal_year=year.year)
    filled(year)
    step(year, year.team.asks, "submit")
    row = services.make_department(actor=year.team.officer, fiscal_year=year.year, done="目标完成")
    lines = list(row.lines.all())
    assert [line.part for line in lines] == ["预算执行", "分项目标", "项目"]
    assert row.total == sum(line.score for line in lines) and lines[2].project_code == CODE
    with pytest.raises(PermissionDenied):
        services.confirm_department(actor=year.team.officer, fiscal_year=year.year)
    with as_(year.team.head):
        assert services.confirm_department(actor=year.team.head, fiscal_year=year.year).state == "confirmed"
    with pytest.raises(InputError, match="已经确认"):
        services.make_department(actor=year.team.officer, fiscal_year=year.year)


def test_a_key_evaluation_from_framework_to_the_end(year: World) -> None:
    opened(year)
    officer = year.team.officer
    row = services.open_key(actor=officer, fiscal_year=year.year, project_code=CODE)
    weights: dict[int, Any] = {each.number: each.weight for each in row.items.all()}
    with pytest.raises(EvaluationRefusedError, match="合计"):
        services.frame_key(actor=officer, key_id=row.pk, weights={1: Decimal(7)})
    with pytest.raises(InputError, match="应在 0 到"):
        services.score_key(actor=officer, key_id=row.pk, expert="甲", points={1: Decimal(99)})
    for expert in ("甲", "乙"):
        services.score_key(actor=officer, key_id=row.pk, expert=expert, points=weights)
    with pytest.raises(EvaluationRefusedError, match="至少 3 位"):
        services.close_key(actor=officer, key_id=row.pk)
    services.score_key(actor=officer, key_id=row.pk, expert="丙", points=weights | {1: Decimal(0)})
    services.write_key(actor=officer, key_id=row.pk, experience="好", problems="少", advice="多")
    page = selectors.key_page(officer, row.pk)
    assert page.result.items[0].flagged and any(each.rule == "EVL-019" for each in page.findings)
    done = services.close_key(actor=officer, key_id=row.pk)
    assert (done.total, done.grade, done.experts) == (Decimal("98.00"), "优", ["甲", "乙", "丙"])
    with pytest.raises(InputError, match="已经完成"):
        services.score_key(actor=officer, key_id=row.pk, expert="丁", points=weights)
    with pytest.raises(InputError, match="已有重点评价"):
        services.open_key(actor=officer, fiscal_year=year.year, project_code=CODE)


def test_results_before_the_end_are_told_as_not_applied(year: World) -> None:
    settled(year)
    assert [each.applied for each in selectors.results(year.year).values()] == [False]
