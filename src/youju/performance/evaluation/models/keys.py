"""A key evaluation: its items, and the points that experts gave."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.performance.evaluation.models.selves import points
from youju.rules.performance.evaluation.lifecycle import KEY_STATES, SCORING


class KeyEvaluation(models.Model):
    """A project's key evaluation of a year (重点评价): the four-part framework, experts, report in words."""

    fiscal_year = models.PositiveSmallIntegerField("年度")
    project_code = models.CharField("项目编码", max_length=64)
    project_name = models.TextField("项目名称")
    schema = models.CharField("评分办法", max_length=40)
    day = models.DateField("所依法律之日")
    experts = models.JSONField("专家", default=list)
    experience = models.TextField("经验", max_length=4000, blank=True)
    problems = models.TextField("问题及原因", max_length=4000, blank=True)
    advice = models.TextField("建议", max_length=4000, blank=True)
    total = points("得分")
    grade = models.CharField("等级", max_length=2, blank=True)
    state = models.CharField("状态", max_length=10, default=SCORING)
    opened_by = models.CharField("开始人", max_length=64)
    opened_at = models.DateTimeField("开始时间", db_default=Now())
    closed_by = models.CharField("完成人", max_length=64, blank=True)
    closed_at = models.DateTimeField("完成时间", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-fiscal_year", "-pk"]
        indexes: ClassVar = [models.Index(name="evaluation_key_order", fields=["-fiscal_year", "-id"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="evaluation_key_once", fields=["fiscal_year", "project_code"]),
            models.CheckConstraint(name="evaluation_key_state", condition=Q(state__in=list(KEY_STATES))),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} 年 {self.project_name} 重点评价"


class KeyItem(models.Model):
    """An item of the framework and its weight."""

    key = models.ForeignKey(KeyEvaluation, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField("序号")
    part = models.CharField("部分", max_length=10)
    name = models.CharField("指标", max_length=100)
    standard = models.CharField("评分要点", max_length=500)
    weight = models.DecimalField("权重", max_digits=6, decimal_places=2)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="evaluation_key_item", fields=["key", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class ExpertPoint(models.Model):
    """What an expert gave an item."""

    item = models.ForeignKey(KeyItem, on_delete=models.CASCADE, related_name="points")
    expert = models.CharField("专家", max_length=40)
    score = models.DecimalField("打分", max_digits=6, decimal_places=2)
    comment = models.CharField("意见", max_length=500, blank=True)
    entered_by = models.CharField("登记人", max_length=64)
    entered_at = models.DateTimeField("登记时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["expert"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="evaluation_expert_once", fields=["item", "expert"]),
            models.CheckConstraint(
                name="evaluation_expert_points", condition=Q(score__gte=0, score__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.expert}"
