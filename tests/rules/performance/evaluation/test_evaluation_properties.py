"""What holds for every self-evaluation."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rules.performance.evaluation.evaluation_made import FULL, GROUND, LAW, budget, points, result, row
from youju.rules.performance.evaluation.facts import EvaluationError, Row
from youju.rules.performance.evaluation.points import rounded, shared
from youju.rules.performance.evaluation.rows import Ground, scored
from youju.rules.performance.evaluation.schemas import schema_of
from youju.rules.performance.evaluation.weights import weights_of

BANDS = Ground(schema_of("mof-2020-bands", LAW), LAW)
NUMBERS = st.decimals(Decimal(-10000), Decimal(10**9), places=2)
SIGNS = st.sampled_from(["≥", ">", "≤", "<", "=", ""])
UNITS = st.sampled_from(["%", "万元", "天", "次", ""])
WEIGHTS = st.decimals(Decimal(0), Decimal(90), places=2)
LEVELS = st.sampled_from(["产出指标", "效益指标", "满意度指标"])
NAMES = st.sampled_from(["完成率", "投诉率", "总成本", "节约成本"])


def _row(
    sign: str, unit: str, target: Decimal, actual: Decimal, level: str = "产出指标", name: str = "完成率"
) -> Row:
    return Row(level, "成本指标", name, f"{sign}{target}{unit}", f"{actual}{unit}")


@given(SIGNS, UNITS, NUMBERS, NUMBERS, NUMBERS, WEIGHTS, LEVELS, NAMES)
def test_more_of_what_is_wanted_never_brings_less(
    sign: str,
    unit: str,
    target: Decimal,
    one: Decimal,
    other: Decimal,
    weight: Decimal,
    level: str,
    name: str,
) -> None:
    low, high = sorted((one, other))
    for ground in (GROUND, BANDS):
        worse, better = (
            scored(1, _row(sign, unit, target, value, level, name), weight, ground) for value in (low, high)
        )
        if "按不超过计" in worse.reason or "越少越好" in worse.reason:
            worse, better = better, worse
        assert worse.score <= better.score


@given(SIGNS, UNITS, NUMBERS, NUMBERS, WEIGHTS, LEVELS, NAMES)
def test_no_row_brings_more_than_its_weight_or_less_than_nothing(
    sign: str, unit: str, target: Decimal, actual: Decimal, weight: Decimal, level: str, name: str
) -> None:
    for ground in (GROUND, BANDS):
        made = scored(1, _row(sign, unit, target, actual, level, name), weight, ground)
        assert 0 <= made.score <= weight
        assert made.score == made.score.quantize(Decimal("0.01"))


@given(NUMBERS.filter(lambda number: number > 0), SIGNS)
def test_the_target_itself_brings_all(target: Decimal, sign: str) -> None:
    assert points(f"{sign}{target}%", f"{target}%").score == 10


@given(
    st.decimals(Decimal("0.01"), Decimal(10**6), places=2),
    st.decimals(Decimal(0), Decimal(10**6), places=2),
    SIGNS,
)
def test_a_unit_of_the_same_kind_changes_nothing(target: Decimal, actual: Decimal, sign: str) -> None:
    plainly = points(f"{sign}{target}万元", f"{actual}万元", weight="37.35")
    in_yuan = points(f"{sign}{target}万元", f"{actual * 10000:.0f}元", weight="37.35")
    assert plainly.score == in_yuan.score


@given(st.lists(LEVELS, min_size=1, max_size=40))
def test_shared_weights_sum_exactly_and_differ_by_a_hundredth_inside_a_level(levels: list[str]) -> None:
    rows = [row("≥1次", level1=name) for name in [*levels, "产出指标", "效益指标", "满意度指标"]]
    weights = weights_of(rows, GROUND.schema)
    assert sum(weights) == GROUND.schema.indicator_weight
    for name, points_of_level in (("产出指标", 50), ("效益指标", 30), ("满意度指标", 10)):
        own = [weight for each, weight in zip(rows, weights, strict=True) if each.level1 == name]
        assert sum(own) == points_of_level
        assert max(own) - min(own) <= Decimal("0.01")


@given(st.decimals(Decimal(0), Decimal(100), places=2), st.integers(1, 200))
def test_sharing_out_loses_nothing(total: Decimal, count: int) -> None:
    parts = shared(total, count)
    assert (len(parts), sum(parts)) == (count, total)


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS), min_size=3, max_size=12),
    st.decimals(Decimal(0), Decimal(150), places=2),
)
def test_the_total_is_the_sum_and_lies_between_nothing_and_a_hundred(
    values: list[tuple[Decimal, Decimal]], executed: Decimal
) -> None:
    levels = ("产出指标", "效益指标", "满意度指标")
    rows = tuple(
        _row("≥", "%", target, actual, levels[place % 3]) for place, (target, actual) in enumerate(values)
    )
    made = result(replace(FULL, rows=rows, budget=budget(str(executed))))
    assert made.total == made.execution.score + sum(each.score for each in made.rows)
    assert 0 <= made.total <= 100
    assert sum(each.weight for each in made.rows) + made.execution.weight == 100
    assert made.grade == made.schema.grade(made.total)


WRITTEN = st.text(
    st.sampled_from("0123456789.,-+≥≤><=%‰万亿元个月年日季度前底末约到至（）() 每全\u3000\n"), max_size=16
)


@given(
    WRITTEN, st.none() | WRITTEN, st.none() | st.sampled_from(["reached", "missed", ""]), st.none() | WEIGHTS
)
def test_whatever_is_written_is_scored_or_refused_in_one_sentence(
    target: str, actual: str | None, tier: str | None, rate: Decimal | None
) -> None:
    for ground in (GROUND, BANDS):
        try:
            made = points(target, actual, level1="满意度指标", tier=tier, tier_rate=rate, ground=ground)
        except EvaluationError as refused:
            assert refused.what and refused.where and refused.how
            assert "\n" not in f"{refused.what}{refused.where}{refused.how}"
        else:
            assert 0 <= made.score <= 10
            assert "\n" not in made.reason


@given(st.fractions(0, 1000))
def test_rounding_goes_to_the_nearest_hundredth_and_up_in_the_middle(value: Fraction) -> None:
    off = Fraction(rounded(value)) - value
    assert -Fraction(1, 200) < off <= Fraction(1, 200)
