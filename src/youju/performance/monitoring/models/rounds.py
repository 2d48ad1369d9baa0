"""A round of monitoring as it was frozen, and what people write beside its figures. A trigger keeps the figures as they were."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.performance.monitoring.colours import COLOURS
from youju.rules.performance.monitoring.facts import CAUSES, LIKELIHOODS
from youju.rules.performance.monitoring.lifecycle import DRAFT, DROPPED, ROUND_STATES


def money(label: str) -> models.DecimalField:  # type: ignore[type-arg]
    """An amount in CNY; ``None`` where the project has no budget of ours."""
    return models.DecimalField(label, max_digits=18, decimal_places=2, null=True, blank=True)


def figure(label: str) -> models.DecimalField:  # type: ignore[type-arg]
    """A number in the target's unit."""
    return models.DecimalField(label, max_digits=30, decimal_places=8, null=True, blank=True)


class Round(models.Model):
    """A monitoring round (运行监控): the figures of a target set from January to a month, frozen at its making.

    ``target_set`` is the key of the version in the room of targets; ``until`` the last day that counts; ``digest`` the sha256 of
    all that was frozen; ``freeze`` the number of the freezing in the room of measures whose rows these are.
    """

    number = models.CharField("编号", max_length=20, unique=True)
    year = models.PositiveSmallIntegerField("年度")
    month = models.PositiveSmallIntegerField("月份")
    until = models.DateField("截止日期")
    target_set = models.PositiveBigIntegerField("绩效目标版本的键")
    target_version = models.PositiveIntegerField("绩效目标版本")
    unit_key = models.CharField("单位", max_length=200)
    unit_name = models.CharField("单位名称", max_length=200, blank=True)
    state = models.CharField("状态", max_length=12, default=DRAFT)
    digest = models.CharField("校验值", max_length=64)
    freeze = models.PositiveBigIntegerField("计量冻结号", null=True, blank=True)
    policy_hash = models.CharField("政策校验值", max_length=64)
    made_by = models.CharField("编制人", max_length=64)
    made_name = models.CharField("编制人姓名", max_length=100)
    made_at = models.DateTimeField("编制时间", db_default=Now())
    submitted_on = models.DateField("提交日期", null=True, blank=True)
    approved_by = models.CharField("批准人", max_length=64, blank=True)
    approved_name = models.CharField("批准人姓名", max_length=100, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-year", "-month", "-pk"]
        indexes: ClassVar = [models.Index(name="monitoring_round_of", fields=["-year", "-month", "-id"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="monitoring_one_a_month",
                fields=["unit_key", "year", "month"],
                condition=~Q(state=DROPPED),
            ),
            models.CheckConstraint(name="monitoring_month", condition=Q(month__gte=1, month__lte=12)),
            models.CheckConstraint(name="monitoring_state", condition=Q(state__in=list(ROUND_STATES))),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.year} 年 1—{self.month} 月运行监控"


class MonitoredProject(models.Model):
    """A project of a round: budget execution as frozen, and why it lags (预算执行). Money in CNY, rates in per cent.

    ``funds_id`` is the key in the room of funds; ``reached`` the mean degree of the rows that have one, each at most 100.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="projects")
    place = models.PositiveSmallIntegerField("序号")
    code = models.CharField("项目编码", max_length=64)
    name = models.CharField("项目名称", max_length=500)
    funds_id = models.PositiveBigIntegerField("资金项目的键", null=True, blank=True)
    initial = money("年初预算数")
    budget = money("调整后预算数")
    executed = money("执行数")
    rate = models.DecimalField("执行率", max_digits=9, decimal_places=2, null=True, blank=True)
    forecast = money("全年预计执行数")
    method = models.CharField("预计方法", max_length=300, blank=True)
    colour = models.CharField("执行颜色", max_length=8, blank=True)
    reached = models.DecimalField("目标完成程度", max_digits=9, decimal_places=2, null=True, blank=True)
    targets_colour = models.CharField("目标颜色", max_length=8, blank=True)
    section = models.CharField("责任科室", max_length=8, blank=True)
    explanation = models.CharField("执行偏离的原因", max_length=1000, blank=True)
    measure = models.CharField("措施", max_length=1000, blank=True)
    filled_by = models.CharField("填报人", max_length=64, blank=True)
    filled_name = models.CharField("填报人姓名", max_length=100, blank=True)
    filled_at = models.DateTimeField("填报时间", null=True, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["round", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="monitoring_project_place", fields=["round", "place"]),
            models.UniqueConstraint(name="monitoring_project_code", fields=["round", "code"]),
            models.CheckConstraint(
                name="monitoring_project_colours",
                condition=Q(colour__in=["", *COLOURS]) & Q(targets_colour__in=["", *COLOURS]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class MonitoredRow(models.Model):
    """An indicator row of a round: its target, what was reached and what is expected as frozen, and what people say of it."""

    project = models.ForeignKey(MonitoredProject, on_delete=models.PROTECT, related_name="rows")
    place = models.PositiveSmallIntegerField("行号")
    level1 = models.CharField("一级指标", max_length=200, blank=True)
    level2 = models.CharField("二级指标", max_length=200, blank=True)
    level3 = models.CharField("三级指标", max_length=500, blank=True)
    raw_value = models.CharField("年度指标值", max_length=500, blank=True)
    operator = models.CharField("比较符号", max_length=2, blank=True)
    number = figure("目标数")
    unit = models.CharField("单位", max_length=20, blank=True)
    kind = models.CharField("类型", max_length=16, blank=True)
    basis = models.CharField("取值方式", max_length=10)
    metric = models.CharField("计量代码", max_length=100, blank=True)
    parameters = models.JSONField("参数", default=dict)
    value = figure("执行情况")
    shown = models.CharField("执行情况（文字）", max_length=300, blank=True)
    tier = models.CharField("分档", max_length=20, blank=True)
    tier_rate = models.DecimalField("分档的比率", max_digits=9, decimal_places=2, null=True, blank=True)
    degree = models.DecimalField("完成程度", max_digits=16, decimal_places=2, null=True, blank=True)
    forecast = figure("全年预计")
    method = models.CharField("预计方法", max_length=300, blank=True)
    sample = models.CharField("样本", max_length=200, blank=True)
    as_of = models.DateTimeField("数据时间", null=True, blank=True)
    url = models.CharField("依据", max_length=500, blank=True)
    share = models.DecimalField("预计达到目标的程度", max_digits=16, decimal_places=2, null=True, blank=True)
    colour = models.CharField("颜色", max_length=8, blank=True)
    suggested = models.CharField("建议的可能性", max_length=10, blank=True)
    why = models.CharField("建议的理由", max_length=300, blank=True)
    likelihood = models.CharField("完成目标可能性", max_length=10, blank=True)
    cause = models.CharField("偏差原因", max_length=10, blank=True)
    explanation = models.CharField("说明", max_length=1000, blank=True)
    measure = models.CharField("改进措施", max_length=1000, blank=True)
    remark = models.CharField("备注", max_length=500, blank=True)
    filled_by = models.CharField("填报人", max_length=64, blank=True)
    filled_name = models.CharField("填报人姓名", max_length=100, blank=True)
    filled_at = models.DateTimeField("填报时间", null=True, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["project", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="monitoring_row_place", fields=["project", "place"]),
            models.CheckConstraint(
                name="monitoring_row_known",
                condition=Q(likelihood__in=["", *LIKELIHOODS])
                & Q(suggested__in=["", *LIKELIHOODS])
                & Q(cause__in=["", *CAUSES])
                & Q(colour__in=["", *COLOURS]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.level3}"
