"""One row: which way is better, what of the points it gets, and why in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rules.performance.evaluation.evaluation_made import GROUND, LAW, points
from youju.rules.performance.evaluation.facts import EvaluationError, Reduction
from youju.rules.performance.evaluation.rows import Ground
from youju.rules.performance.evaluation.schemas import schema_of

COST = {"level2": "成本指标", "level3": "总成本"}
TIME = {"level2": "时效指标", "level3": "办理时限"}


@pytest.mark.parametrize(
    ("target", "actual", "other", "score"),
    [
        # More is better: reached, over, not reached, nothing, the edges of half a hundredth.
        ("≥98%", "98%", {}, "10.00"),
        ("≥98%", "99.5%", {}, "10.00"),
        ("≥98%", "97%", {}, "9.90"),
        ("≥98%", "0%", {}, "0.00"),
        ("≥98%", "-1%", {}, "0.00"),
        ("≥2000次", "1999次", {}, "10.00"),  # 9.995
        ("≥10000次", "9994次", {}, "9.99"),  # 9.994
        ("≥3次", "1次", {}, "3.33"),
        ("≥3次", "2次", {}, "6.67"),
        # Any way of writing it.
        (">=98％", "９７％", {}, "9.90"),
        ("不低于98%", "97%", {}, "9.90"),
        ("98%以上", "97%", {}, "9.90"),
        ("≥2,000次", "1,000次", {}, "5.00"),
        ("≥96综合业务管理工作完成率", "48", {}, "5.00"),
        ("≥5家企业", "5家", {}, "10.00"),
        ("≥98%", "97%（问卷调查）", {}, "9.90"),
        # Less is better.
        ("≤10万元", "10万元", {}, "10.00"),
        ("≤10万元", "8万元", {}, "10.00"),
        ("≤10万元", "0万元", {}, "10.00"),
        ("≤10万元", "12.5万元", {}, "8.00"),
        ("≤3天", "9天", {}, "3.33"),
        # Strict signs: the target itself gives the ratio of one.
        (">90%", "90.01%", {}, "10.00"),
        (">90%", "90%", {}, "10.00"),
        (">90%", "45%", {}, "5.00"),
        ("<5%", "4.9%", {}, "10.00"),
        ("<5%", "5%", {}, "10.00"),
        ("<5%", "10%", {}, "5.00"),
        # = and no sign: no less, unless the row says that less is better.
        ("=100%", "100%", {}, "10.00"),
        ("=100%", "90%", {}, "9.00"),
        ("=13台", "14台", {}, "10.00"),
        ("13台", "6.5台", {}, "5.00"),
        ("553万元", "540万元", COST, "10.00"),
        ("553万元", "0.0553亿元", COST, "10.00"),
        ("=500万元", "625万元", COST, "8.00"),
        ("500万元", "250万元", COST | {"level3": "节约成本"}, "5.00"),
        ("≥500万元", "250万元", COST, "5.00"),
        ("30个工作日", "40个工作日", TIME, "7.50"),
        ("5%", "10%", {"level3": "投诉率"}, "5.00"),
        # Nothing and less than nothing as a target.
        ("≥0次", "0次", {}, "10.00"),
        ("≥0%", "3%", {}, "10.00"),
        ("≥0%", "-3%", {}, "0.00"),
        ("≥-5%", "-3%", {}, "10.00"),
        ("≥-5%", "-8%", {}, "0.00"),
        ("≤0起", "0起", {}, "10.00"),
        ("≤0起", "1起", {}, "0.00"),
        ("=0起", "0起", {}, "10.00"),
        ("=0起", "2起", {}, "0.00"),
        ("0起", "2起", {}, "0.00"),
        ("<0%", "0%", {}, "10.00"),
        ("≤-5%", "-5%", {}, "10.00"),
        ("≤-5%", "-3%", {}, "0.00"),
        # Units of one kind.
        ("≥2亿元", "15000万元", {}, "7.50"),
        ("≥200万元", "1000000元", {}, "5.00"),
        ("≥2亿美元", "1亿美元", {}, "5.00"),
        ("≥1万人次", "5000人次", {}, "5.00"),
        ("≥50%", "250‰", {}, "5.00"),
        ("≥2年", "12个月", {}, "5.00"),
        ("≥30人", "15名", {}, "5.00"),
        ("≥1公里", "500米", {}, "5.00"),
        ("≥2亿元", "0", {}, "0.00"),
        ("≤553万元", "0.00", COST, "10.00"),
        ("≥5万", "25000", {}, "5.00"),
        ("≥50000", "2.5万", {}, "5.00"),
        ("≥200元/人", "100元/人", {}, "5.00"),
    ],
)  # fmt: skip
def test_a_number_gets_its_points(target: str, actual: str, other: dict[str, str], score: str) -> None:
    assert str(points(target, actual, **other).score) == score


@pytest.mark.parametrize(
    ("target", "actual", "other", "said"),
    [
        ("≥98%", "97%", {}, ("目标值写“≥”，越多越好", "没有达到目标", "完成值÷目标值＝98.98%", "分值 10，得 9.90 分。")),
        ("≤10万元", "12.5万元", {}, ("目标值写“≤”，越少越好", "目标值÷完成值＝80% 计分")),
        ("≥100次", "150次", {}, ("达到目标，得满分（完成值是目标值的 150%，得分以 100% 封顶）",)),
        ("553万元", "5530000元", COST, ("目标值没有写比较符号，成本指标按不超过计", "完成值折合 553万元")),
        ("=100%", "90%", {}, ("目标值写“=”，按不低于计",)),
        ("=0起", "2起", {}, ("目标值是零，按不超过计", "目标值不是正数，不能按比例计分，不得分")),
        ("5%", "10%", {"level3": "投诉率"}, ("这类比率按不超过计",)),
        ("30天", "20天", TIME, ("时限按不超过计",)),
        ("≥98%", "97", {}, ("完成值没有写单位、按“%”计",)),
        (">90%", "90%", {}, ("等于目标值，不算超过，按比例仍得满分",)),
        ("≥98%", "-1%", {}, ("完成值是负数，不得分",)),
        ("≥1000000次", "1次", {}, ("完成值÷目标值＝不足 0.01%",)),
        ("显著提高", None, {"tier": "partly", "tier_rate": Decimal(70)},
         ("定性指标，评为“部分达成年度指标并具有一定效果”一档（60%（含）—80%）", "得分率 70%", "得 7.00 分。")),
        ("2023年12月底前", "2023-11-20", {}, ("时限指标，2023年11月20日完成，期限 2023年12月31日", "按期，得满分")),
        ("2023年12月底前", "2024年1月5日", {}, ("晚了，没有写分档，得分率 0%",)),
    ],
)  # fmt: skip
def test_the_reason_says_how_it_came_about(
    target: str, actual: str | None, other: dict[str, object], said: tuple[str, ...]
) -> None:
    reason = points(target, actual, **other).reason
    for words in said:
        assert words in reason
    assert reason.endswith("。") and "\n" not in reason


@pytest.mark.parametrize(
    ("tier", "rate", "score"),
    [
        ("reached", "100", "10.00"),
        ("reached", "80", "8.00"),
        ("partly", "79.99", "8.00"),
        ("partly", "60", "6.00"),
        ("missed", "59.99", "6.00"),
        ("missed", "0", "0.00"),
        ("reached", "95", "9.50"),
    ],
)
def test_a_tier_gets_its_rate_of_the_points(tier: str, rate: str, score: str) -> None:
    made = points("显著提高", tier=tier, tier_rate=Decimal(rate))
    assert str(made.score) == score
    assert str(points("2023年12月底前", tier=tier, tier_rate=Decimal(rate)).score) == score
    assert str(points("达到国家3级标准", "已达到", tier=tier, tier_rate=Decimal(rate)).score) == score
    assert str(points("90%-95%", tier=tier, tier_rate=Decimal(rate)).score) == score


@pytest.mark.parametrize(
    ("tier", "rate"),
    [("reached", "79.99"), ("partly", "80"), ("partly", "59.99"), ("missed", "60"), ("missed", "100")],
)
def test_a_rate_outside_its_tier_is_refused(tier: str, rate: str) -> None:
    with pytest.raises(EvaluationError) as refused:
        points("显著提高", tier=tier, tier_rate=Decimal(rate))
    assert f"得分率 {rate}% 不在" in refused.value.what
    assert f"{tier} 应在" in refused.value.how


@pytest.mark.parametrize(
    ("target", "actual", "other", "said"),
    [
        ("≥98%", "97人", {}, "与目标值的单位“%”不能比较"),
        ("≥98%", "97个百分点", {}, "与目标值的单位“%”不能比较"),
        ("≥5家", "5个", {}, "与目标值的单位“家”不能比较"),
        ("≥5万元", "5万美元", {}, "不能比较"),
        ("≥96", "97%", {}, "有单位，目标值没有，不能比较"),
        ("≥96", "97万元", {}, "有单位，目标值没有，不能比较"),
        ("≥5万", "50000个", {}, "与目标值的单位“万”不能比较"),
        ("≥2亿元", "20000", {}, "没有写单位，金额不能猜"),
        ("≤5万美元", "4", {}, "没有写单位，金额不能猜"),
        ("≥98%", "很好", {}, "不是一个确定的数"),
        ("≥98%", "≥97%", {}, "不是一个确定的数"),
        ("≥98%", "97%以上", {}, "不是一个确定的数"),
        ("≥98%", "96%-97%", {}, "不是一个确定的数"),
        ("≥98%", "2023年12月", {}, "不是一个确定的数"),
        ("≥98%", "NaN", {}, "不是一个确定的数"),
        ("≥98%", "Infinity", {}, "不是一个确定的数"),
        ("≥98%", "约97%", {}, "“约”既不是数也不是单位"),
        ("≥98%", "不足97%", {}, "“不足”既不是数也不是单位"),
        ("≥98%", "97%左右", {}, "“左右”既不是数也不是单位"),
        ("≥98%", "1e3%", {}, "既不是数也不是单位"),
        ("≥98%", "", {}, "没有写完成值"),
        ("≥98%", "  ", {}, "没有写完成值"),
        ("≥98%", None, {}, "没有写完成值"),
        ("≥98%", "9" * 16 + "%", {}, "的位数太多"),
        ("≥" + "9" * 16 + "元", "1元", {}, "的位数太多"),
        ("≥98%", "0.1234567%", {}, "的位数太多"),
        ("", "97%", {}, "没有写目标值"),
        ("显著提高", None, {}, "没有写分档"),
        ("显著提高", "显著提高", {}, "没有写分档"),
        ("显著提高", None, {"tier": "great", "tier_rate": Decimal(95)}, "没有分档“great”"),
        ("显著提高", None, {"tier": "", "tier_rate": Decimal(95)}, "没有分档“”"),
        ("显著提高", None, {"tier": "reached"}, "没有写得分率"),
        ("≥98%", "97%", {"tier": "reached", "tier_rate": Decimal(95)}, "是定量的，不按分档评"),
        ("2023年12月底前", "按时完成", {}, "“按时完成”读不出一个日期"),
        ("2023年12月底前", None, {}, "“”读不出一个日期"),
        ("每月底前", "2023-12-01", {}, "目标值“每月底前”读不出一个日期"),
        ("2023年12月底前", "2024-01-05", {"tier": "reached", "tier_rate": Decimal(90)}, "与分档 reached 矛盾"),
        ("2023年12月底前", "2023-11-05", {"tier": "missed", "tier_rate": Decimal(0)}, "与分档 missed 矛盾"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_place(
    target: str, actual: str | None, other: dict[str, object], said: str
) -> None:
    with pytest.raises(EvaluationError) as refused:
        points(target, actual, **other)
    assert said in refused.value.what
    assert refused.value.where == "第 1 行“指标”"
    assert refused.value.how


def test_a_late_day_may_be_judged_by_its_tier() -> None:
    made = points("2023年12月底前", "2024-01-05", tier="partly", tier_rate=Decimal(70))
    assert str(made.score) == "7.00"


def test_a_decision_takes_points_away_only_far_above_the_target() -> None:
    decision = Reduction(Decimal(20), "绩效办 2024-03 决定：目标偏低")
    made = points("≥100次", "200次", reduction=decision)
    assert str(made.score) == "8.00"
    assert "按决定调减 20%（“绩效办 2024-03 决定：目标偏低”）" in made.reason
    for actual in ("130次", "90次"):
        with pytest.raises(EvaluationError, match="没有超过目标值的 130%，不能调减"):
            points("≥100次", actual, reduction=decision)
    with pytest.raises(EvaluationError, match="不能调减"):
        points("≤100天", "1天", reduction=decision)


@pytest.mark.parametrize(
    ("actual", "score"),
    [("100%", "10.00"), ("90%", "10.00"), ("89.99%", "8.00"), ("80%", "8.00"), ("79.99%", "5.00"), ("60%", "5.00"),
     ("59.99%", "0.00"), ("0%", "0.00"), ("-1%", "0.00")],
)  # fmt: skip
def test_satisfaction_by_steps_where_the_schema_has_them(actual: str, score: str) -> None:
    bands = Ground(schema_of("mof-2020-bands", LAW), LAW)
    made = points("≥95%", actual, level1="满意度指标", ground=bands)
    assert str(made.score) == score
    assert "满意度按区间评分" in made.reason
    assert points("≥95%", actual, level1="产出指标", ground=bands).score == points("≥95%", actual).score
    assert "区间" not in points("≥95%", actual, level1="满意度指标", ground=GROUND).reason
