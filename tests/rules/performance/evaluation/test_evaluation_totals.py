"""Execution, weights, total, grades, schemas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from rules.performance.evaluation.evaluation_made import FULL, LAW, ROWS, budget, result, row
from youju.foundation.policies import law_on
from youju.rules.law import Law
from youju.rules.performance.evaluation.facts import EvaluationError
from youju.rules.performance.evaluation.schemas import KNOWN, known_schemas, schema_of
from youju.rules.performance.evaluation.scoring import score
from youju.rules.performance.evaluation.weights import weights_of

MOF, SICHUAN = schema_of("mof-2020", LAW), schema_of("sichuan", LAW)


@pytest.mark.parametrize(
    ("executed", "adjusted", "rate", "points"),
    [
        ("43.20", "45.00", "96.00", "9.60"),
        ("0", "45.00", "0.00", "0.00"),
        ("45", "45", "100.00", "10.00"),
        ("46.80", "45.00", "104.00", "10.00"),
        ("1", "3", "33.33", "3.33"),
        ("2", "3", "66.67", "6.67"),
        ("99.95", "100", "99.95", "10.00"),  # 9.995 goes up
        ("99.94", "100", "99.94", "9.99"),
        ("0.000001", "999999999999999", "0.00", "0.00"),
    ],
)
def test_execution_of_the_budget(executed: str, adjusted: str, rate: str, points: str) -> None:
    execution = result(budget=budget(executed, adjusted)).execution
    assert (str(execution.rate), str(execution.weight), str(execution.score)) == (rate, "10", points)


@pytest.mark.parametrize("adjusted", ["0", "0.00"])
def test_a_budget_of_zero_is_no_score(adjusted: str) -> None:
    with pytest.raises(EvaluationError, match="全年预算数是 0") as refused:
        result(budget=budget("0", adjusted))
    assert refused.value.where == "budget.adjusted"


@pytest.mark.parametrize(
    ("total", "grade"),
    [("100", "优"), ("90.00", "优"), ("89.99", "良"), ("80.00", "良"), ("79.99", "中"), ("60.00", "中"), ("59.99", "差"),
     ("0.00", "差")],
)  # fmt: skip
def test_the_edge_belongs_to_the_better_grade(total: str, grade: str) -> None:
    for schema in (MOF, SICHUAN):
        assert schema.grade(Decimal(total)) == grade


@pytest.mark.parametrize(
    ("rate", "actual", "total", "grade"),
    [
        ("80", "90%", "90.00", "优"),
        ("80", "89.9%", "89.99", "良"),
        ("60", "90%", "80.00", "良"),
        ("60", "89.9%", "79.99", "中"),
        ("20", "90%", "60.00", "中"),
        ("20", "89.9%", "59.99", "差"),
    ],
)
def test_an_edge_and_a_hundredth_less_through_the_whole(
    rate: str, actual: str, total: str, grade: str
) -> None:
    """Ninety is 优, which public code gets wrong: 50 points are judged, 10 measured, the rest is earned in full."""
    tier = next(code for code, tier in MOF.tiers.items() if tier.holds(Decimal(rate)))
    rows = (
        row("显著提高", weight=Decimal(50), tier=tier, tier_rate=Decimal(rate)),
        ROWS[1],
        replace(ROWS[2], actual=actual),
    )
    made = result(rows=rows)
    assert (str(made.total), made.grade) == (total, grade)


def test_the_total_is_the_sum_of_rounded_points() -> None:
    rows = tuple(row("≥3次", "1次", weight=Decimal(30), level1="产出指标") for _ in range(3))
    made = result(rows=tuple(replace(each, actual="2次", target="≥7次") for each in rows))
    assert [str(each.score) for each in made.rows] == ["8.57"] * 3  # 8.5714…
    assert str(made.total) == "35.71"  # not the 35.714… of sums before rounding
    assert made.grade == "差"


def test_weights_are_shared_out_by_first_levels_to_the_hundredth() -> None:
    names = (
        "产出指标",
        "产出指标",
        "成本指标",
        "效益指标",
        "效益指标",
        "效益指标",
        "效益指标",
        "满意度指标",
        "满意度指标",
        "满意度指标",
    )
    weights = weights_of([row("≥1次", level1=name) for name in names], MOF)
    assert [str(each) for each in weights] == [
        *("16.67", "16.67", "16.66"),
        *("7.50", "7.50", "7.50", "7.50"),
        *("3.34", "3.33", "3.33"),
    ]
    assert sum(weights) == 90


def test_rows_need_not_stand_by_level() -> None:
    weights = weights_of(
        [row("≥1次", level1=name) for name in ("满意度指标", "产出指标", "效益指标", "产出指标")], MOF
    )
    assert [str(each) for each in weights] == ["10.00", "25.00", "30.00", "25.00"]


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        (("产出指标", "效益指标"), "没有“满意度”的指标，缺了 10 分，合计不到 100"),
        (("产出指标", "决策指标", "效益指标", "满意度指标"), "没有一级指标“决策指标”"),
        (("产出指标", "", "效益指标", "满意度指标"), "没有一级指标“”"),
    ],
)
def test_what_the_first_levels_do_not_fill_is_asked_for(levels: tuple[str, ...], said: str) -> None:
    with pytest.raises(EvaluationError) as refused:
        weights_of([row("≥1次", level1=name) for name in levels], MOF)
    assert said in refused.value.what and "逐行写权重" in refused.value.how


@pytest.mark.parametrize(
    ("weights", "sum_with_execution"),
    [(("50", "30", "9.99"), "99.99"), (("50", "30", "20"), "110"), (("0", "0", "0"), "10")],
)
def test_weights_that_do_not_make_a_hundred_are_refused(
    weights: tuple[str, ...], sum_with_execution: str
) -> None:
    rows = tuple(replace(each, weight=Decimal(weight)) for each, weight in zip(ROWS, weights, strict=True))
    with pytest.raises(EvaluationError) as refused:
        result(rows=rows)
    assert f"是 {sum_with_execution}，不是 100" in refused.value.what


def test_weights_in_some_rows_only_are_refused() -> None:
    with pytest.raises(EvaluationError, match="没有写权重，别的行写了") as refused:
        result(rows=(ROWS[0], replace(ROWS[1], weight=None), ROWS[2]))
    assert refused.value.where == "第 2 行“带动作用”"


def test_given_weights_need_no_known_level_and_may_be_nothing() -> None:
    rows = (replace(ROWS[0], level1="过程", weight=Decimal("89.99")), replace(ROWS[2], weight=Decimal("0.01")),
            replace(ROWS[2], weight=Decimal(0)))  # fmt: skip
    assert [str(each.score) for each in result(rows=rows).rows] == ["89.99", "0.01", "0.00"]


def test_no_rows_too_many_rows_and_too_long_cells_are_refused() -> None:
    with pytest.raises(EvaluationError, match="没有指标"):
        result(rows=())
    with pytest.raises(EvaluationError, match="有 1001 行指标，至多 1000 行"):
        result(rows=(ROWS[0],) * 1001)
    with pytest.raises(EvaluationError, match="有一格超过 2000 个字"):
        result(rows=(replace(ROWS[0], actual="1" * 2001), *ROWS[1:]))


def test_sichuan_has_weights_of_its_own_and_the_rest_of_the_national_rule() -> None:
    assert (SICHUAN.execution_weight, SICHUAN.indicator_weight, SICHUAN.reason_under) == (10, 90, 90)
    assert (SICHUAN.tiers, SICHUAN.grades, SICHUAN.over_target) == (MOF.tiers, MOF.grades, MOF.over_target)
    assert MOF.reason_under is None
    rows = [row("=100%", level1=name) for name in ("产出指标", "产出指标", "产出指标", "效益指标")]
    assert [str(each) for each in weights_of(rows, SICHUAN)] == ["22.50"] * 4


def test_a_published_form_of_sichuan() -> None:
    """Four rows of 22.5 each, one of them at most, as a county published for 2023; here with one row missed."""
    rows = (
        row("=100%", "100%", weight=Decimal("22.5"), level3="足额保障率"),
        row("≤10次", "0次", weight=Decimal("22.5"), level3="科目调整次数"),
        row("=100%", "95%", weight=Decimal("22.5"), level3="按时发放率"),
        row("≤5%", "4%", weight=Decimal("22.5"), level1="效益指标", level3="结余率"),
    )
    made = result(schema="sichuan", rows=rows, budget=budget("251.89", "251.89"))
    assert [str(each.score) for each in made.rows] == ["22.50", "22.50", "21.38", "22.50"]
    assert (str(made.total), made.grade) == ("98.88", "优")


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (date(2020, 2, 24), ()),
        (date(2020, 2, 25), ("mof-2020", "mof-2020-bands")),
        (date(2022, 12, 31), ("mof-2020", "mof-2020-bands")),
        (date(2023, 1, 1), ("mof-2020", "mof-2020-bands", "sichuan")),
    ],
)
def test_a_schema_has_its_days(day: date, known: tuple[str, ...]) -> None:
    assert known_schemas(law_on(day)) == known
    if "sichuan" not in known:
        with pytest.raises(EvaluationError, match=f"{day} 没有评分办法“sichuan”"):
            schema_of("sichuan", law_on(day))


@pytest.mark.parametrize("day", [date(2020, 2, 25), date(2023, 1, 1), date(2024, 3, 1)])
def test_the_numbers_of_every_schema_fit_together(day: date) -> None:
    law = law_on(day)
    for code in known_schemas(law):
        schema = schema_of(code, law)
        assert schema.title
        assert schema.full == 100
        assert sum(level.weight for level in schema.levels) == schema.indicator_weight
        assert schema.grades[-1][1] == 0 and len({name for name, _ in schema.grades}) == len(schema.grades)
        assert list(schema.tiers) == ["reached", "partly", "missed"], "the interface names these, best first"
        for rate in range(10001):
            assert sum(tier.holds(Decimal(rate) / 100) for tier in schema.tiers.values()) == 1
        assert schema.bands is None or (schema.bands.shares[0][1], schema.bands.shares[-1]) == (100, (0, 0))
        assert (
            0 <= schema.late_share <= schema.quantity_cap <= 100 == schema.execution_cap < schema.over_target
        )


def test_an_unknown_schema_names_those_that_are_known() -> None:
    with pytest.raises(EvaluationError, match="没有评分办法“mof-2019”") as refused:
        result(schema="mof-2019")
    assert refused.value.how == "可以写 mof-2020、mof-2020-bands、sichuan"


def test_a_further_schema_is_data_alone() -> None:
    """A schema of another place: 20 points for execution, five grades, one in which no row may bring more than 90 %."""
    room = "performance.evaluation"
    listed = MappingProxyType(
        {**LAW[KNOWN], "elsewhere": {"title": "别处的办法", "parts": "elsewhere", "base": "mof-2020"}}  # type: ignore[dict-item]
    )
    law = Law(
        {
            **LAW,
            KNOWN: listed,
            f"{room}.elsewhere.weights": {"execution": "20", "indicators": "80"},
            f"{room}.elsewhere.levels": {"全部": {"words": (), "weight": "80"}},
            f"{room}.elsewhere.caps": {"execution": "100", "quantity": "90"},
            f"{room}.elsewhere.grades": {"A": "95", "B": "70", "C": "0"},
        },
        as_of=LAW.as_of,
    )
    rows = tuple(replace(each, weight=None) for each in ROWS)
    made = score(replace(FULL, schema="elsewhere", rows=rows), law)
    assert [str(each.weight) for each in made.rows] == ["26.67", "26.67", "26.66"]
    assert [str(each.score) for each in made.rows] == ["24.00", "26.67", "23.99"]
    assert (str(made.total), made.grade) == ("94.66", "B")
