"""The indicator rows of a self-evaluation, and the figures that they were frozen with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from youju.performance.evaluation.models.selves import SHA256, SelfEvaluation, points

TIERS = ("reached", "partly", "missed")


class EvaluationRow(models.Model):
    """One row: target as printed, actual value as it was frozen, points with their reason, what people said of it.

    ``actual`` is the exact text that was scored, ``shown`` the same to the hundredth, ``value`` its number in the target's unit,
    ``degree`` per cent of the target. Nobody types a value: ``basis`` says what it stands on, ``lacks`` why not.
    ``tier`` and ``tier_rate`` are computed where ``tier_by`` is empty, else somebody's judgement of a row that no metric judges.
    ``reduction_*`` is a decision about a target that was set too low.
    """

    evaluation = models.ForeignKey(SelfEvaluation, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveSmallIntegerField("行号")
    level1 = models.TextField("一级指标", blank=True)
    level2 = models.TextField("二级指标", blank=True)
    level3 = models.TextField("三级指标", blank=True)
    target = models.TextField("年度指标值", blank=True)
    operator = models.CharField("比较符", max_length=1, blank=True)
    unit = models.TextField("计量单位", blank=True)
    kind = models.CharField("类型", max_length=12)
    basis = models.CharField("依据", max_length=10, default="unbound")
    weight = models.DecimalField("分值", max_digits=6, decimal_places=2, null=True, blank=True)
    actual = models.TextField("计分的完成值", blank=True)
    shown = models.CharField("实际完成值", max_length=300, blank=True)
    reading = models.CharField("分档办法", max_length=40, blank=True)
    lacks = models.CharField("没有完成值的缘由", max_length=300, blank=True)
    value = models.DecimalField("完成值的数", max_digits=30, decimal_places=6, null=True, blank=True)
    degree = models.DecimalField("完成率（%）", max_digits=16, decimal_places=2, null=True, blank=True)
    sample = models.CharField("样本", max_length=300, blank=True)
    url = models.CharField("打开", max_length=300, blank=True)
    adjusted = models.JSONField("经确认的调整", default=dict, blank=True)
    tier = models.CharField("分档", max_length=8, blank=True)
    tier_rate = models.DecimalField("得分率（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    tier_by = models.CharField("分档人", max_length=64, blank=True)
    cause = models.TextField("偏差原因", max_length=2000, blank=True)
    improvement = models.TextField("改进措施", max_length=2000, blank=True)
    score = points("得分")
    reason = models.TextField("怎样得来", blank=True)
    reduction_rate = models.DecimalField("调减（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    reduction_reason = models.CharField("调减理由", max_length=500, blank=True)
    reduction_by = models.CharField("调减人", max_length=64, blank=True)
    reduction_name = models.CharField("调减人姓名", max_length=64, blank=True)
    reduction_at = models.DateTimeField("调减时间", null=True, blank=True)
    own_score = points("复核得分")
    own_reason = models.CharField("复核理由", max_length=1000, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="evaluation_row_once", fields=["evaluation", "number"]),
            models.CheckConstraint(name="evaluation_row_tier", condition=Q(tier="") | Q(tier__in=TIERS)),
            models.CheckConstraint(
                name="evaluation_row_score",
                condition=Q(score=None) | Q(score__gte=0, score__lte=models.F("weight")),
            ),
            models.CheckConstraint(
                name="evaluation_row_own_score",
                condition=Q(own_score=None) | Q(own_score__gte=0, own_score__lte=models.F("weight")),
            ),
            models.CheckConstraint(
                name="evaluation_row_reduction",
                condition=Q(reduction_rate=None, reduction_by="")
                | Q(reduction_rate__gt=0, reduction_rate__lte=100)
                & ~Q(reduction_by="")
                & ~Q(reduction_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id}/{self.number}"


class Figure(models.Model):
    """A measure behind a row's value, frozen at the submission: metric, parameters, period, formula, rows, all by their hashes.

    ``value`` is the metric's own, in its own unit; ``combination`` is the name by which analytics knows how the parts make it.
    """

    row = models.ForeignKey(EvaluationRow, on_delete=models.CASCADE, related_name="figures")
    order = models.PositiveSmallIntegerField("序号", default=1)
    metric = models.CharField("指标编码", max_length=60)
    parameters = models.JSONField("参数", default=dict, blank=True)
    period = models.CharField("期间", max_length=30)
    value = models.DecimalField("值", max_digits=30, decimal_places=6, null=True, blank=True)
    unit = models.CharField("单位", max_length=12, blank=True)
    combination = models.CharField("合成", max_length=120)
    formula_hash = models.CharField("公式校验值", max_length=64)
    row_hash = models.CharField("行校验值", max_length=64)
    row_count = models.BigIntegerField("行数")
    engine = models.CharField("引擎", max_length=10, blank=True)
    as_of = models.DateTimeField("数据时间")
    frozen = models.BigIntegerField("冻结号", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="evaluation_figure_once", fields=["row", "order"]),
            models.CheckConstraint(
                name="evaluation_figure_hashes",
                condition=Q(formula_hash__regex=SHA256, row_hash__regex=SHA256),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.period}"
