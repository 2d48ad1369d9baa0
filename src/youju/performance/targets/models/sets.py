"""One document of one unit and year, in every version that was imported, edited or adjusted."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.performance.targets.lifecycle import FLOW, OPEN, PUBLISHED

SHA256 = r"^[0-9a-f]{64}$"


class TargetSet(models.Model):
    """A version of a unit's targets for a year.

    ``state`` follows the version's case in the workflow, in the same transaction. ``is_active`` marks the version that a
    year shows by default: the latest published one, else the latest (``rules…lifecycle.settled``). Only a draft changes in
    place; ``revision`` counts its changes. ``based_on`` is the version that it was made from; for an adjustment of a
    published version ``adjust_reason`` and ``adjust_document`` say why and by which document.
    """

    fiscal_year = models.PositiveSmallIntegerField("预算年度")
    stated_year = models.PositiveSmallIntegerField("文件写明的年度", null=True, blank=True)
    unit_key = models.CharField("单位", max_length=200)
    unit_code = models.CharField("单位编码", max_length=200, null=True, blank=True)
    unit_name = models.CharField("单位名称", max_length=200, null=True, blank=True)
    money_unit = models.CharField("金额单位", max_length=10)
    schema = models.CharField("指标体系", max_length=40)
    goal = models.TextField("总体绩效目标", blank=True)
    source_name = models.CharField("来源文件", max_length=255)
    source_sha256 = models.CharField("来源文件校验值", max_length=64)
    content_hash = models.CharField("内容校验值", max_length=64)
    version = models.PositiveIntegerField("版本")
    state = models.CharField("状态", max_length=12, default="draft")
    revision = models.PositiveIntegerField("修订次数", default=0)
    is_active = models.BooleanField("现行版本", default=True)
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所依版本"
    )
    adjust_reason = models.TextField("调整理由", blank=True)
    adjust_document = models.CharField("调整文号", max_length=100, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)
    imported_at = models.DateTimeField("导入时间", db_default=Now())
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="导入人",
    )
    linted_as_of = models.DateField("审核所依法律之日", null=True, blank=True)
    linted_policy_hash = models.CharField("审核所依政策校验值", max_length=64, blank=True)
    linted_at = models.DateTimeField("审核时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-fiscal_year", "unit_key", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="targets_one_active_set", fields=["unit_key", "fiscal_year"], condition=Q(is_active=True)
            ),
            models.UniqueConstraint(
                name="targets_set_version", fields=["unit_key", "fiscal_year", "version"]
            ),
            models.UniqueConstraint(
                name="targets_one_open_set", fields=["unit_key", "fiscal_year"], condition=Q(state__in=OPEN)
            ),
            models.UniqueConstraint(
                name="targets_one_published_set",
                fields=["unit_key", "fiscal_year"],
                condition=Q(state=PUBLISHED),
            ),
            models.CheckConstraint(
                name="targets_set_state", condition=Q(state__in=[state.code for state in FLOW.states])
            ),
            models.CheckConstraint(
                name="targets_set_year", condition=Q(fiscal_year__gte=2000, fiscal_year__lte=2100)
            ),
            models.CheckConstraint(name="targets_set_version_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="targets_set_hashes",
                condition=Q(source_sha256__regex=SHA256, content_hash__regex=SHA256),
            ),
            models.CheckConstraint(name="targets_set_units", condition=~Q(money_unit="") & ~Q(schema="")),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} 年 {self.unit_name or self.unit_key} 第 {self.version} 版"


class Subgoal(models.Model):
    """A sub-goal of the department (分项绩效目标)."""

    target_set = models.ForeignKey(TargetSet, on_delete=models.CASCADE, related_name="subgoals")
    order = models.PositiveSmallIntegerField("序号")
    title = models.TextField("分项目标")
    goal = models.TextField("绩效目标", blank=True)
    indicator = models.TextField("绩效指标", blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="targets_subgoal_order", fields=["target_set", "order"]),
            models.CheckConstraint(name="targets_subgoal_order_from_one", condition=Q(order__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"


class Safeguard(models.Model):
    """A working safeguard (工作保障措施)."""

    target_set = models.ForeignKey(TargetSet, on_delete=models.CASCADE, related_name="safeguards")
    order = models.PositiveSmallIntegerField("序号")
    title = models.TextField("措施")
    text = models.TextField("内容", blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="targets_safeguard_order", fields=["target_set", "order"]),
            models.CheckConstraint(name="targets_safeguard_order_from_one", condition=Q(order__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"
