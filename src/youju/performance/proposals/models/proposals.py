"""Next year's targets as proposed, row by row, before they become a draft of the room of targets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.performance.proposals.lifecycle import DRAFT, DROPPED, PROPOSAL_STATES


def figure(label: str) -> models.DecimalField:  # type: ignore[type-arg]
    """A number in the target's unit."""
    return models.DecimalField(label, max_digits=30, decimal_places=8, null=True, blank=True)


class Proposal(models.Model):
    """A proposal (下年目标建议) of ``year`` made from the target set of the year before; ``adopted`` is the draft that it became.

    ``target_set`` and ``adopted`` are keys in the room of targets; ``document`` is the source as plain data (codec).
    """

    number = models.CharField("编号", max_length=20, unique=True)
    year = models.PositiveSmallIntegerField("目标年度")
    target_set = models.PositiveBigIntegerField("本年绩效目标的键")
    target_version = models.PositiveIntegerField("本年绩效目标版本")
    unit_key = models.CharField("单位", max_length=200)
    unit_name = models.CharField("单位名称", max_length=200, blank=True)
    until = models.DateField("完成值截止日期")
    document = models.JSONField("本年绩效目标")
    state = models.CharField("状态", max_length=12, default=DRAFT)
    adopted = models.PositiveBigIntegerField("转成的目标草稿", null=True, blank=True)
    policy_hash = models.CharField("政策校验值", max_length=64)
    made_by = models.CharField("编制人", max_length=64)
    made_name = models.CharField("编制人姓名", max_length=100)
    made_at = models.DateTimeField("编制时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-year", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="proposals_one_a_year", fields=["unit_key", "year"], condition=~Q(state=DROPPED)
            ),
            models.CheckConstraint(name="proposals_state", condition=Q(state__in=list(PROPOSAL_STATES))),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.year} 年目标建议"


class ProposedRow(models.Model):
    """A proposed row: this year's value, the baseline, next year's words, how they came about, why a person changed them."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="rows")
    place = models.PositiveSmallIntegerField("项目序号")
    code = models.CharField("项目编码", max_length=64)
    name = models.CharField("项目名称", max_length=500)
    row = models.PositiveSmallIntegerField("行号")
    level1 = models.CharField("一级指标", max_length=200, blank=True)
    level2 = models.CharField("二级指标", max_length=200, blank=True)
    former_name = models.CharField("本年三级指标", max_length=500, blank=True)
    former_value = models.CharField("本年指标值", max_length=500, blank=True)
    reached = models.CharField("本年完成", max_length=300, blank=True)
    baseline = figure("基数")
    last_year = figure("上年完成")
    url = models.CharField("依据", max_length=500, blank=True)
    level3 = models.CharField("三级指标", max_length=500, blank=True)
    description = models.CharField("描述", max_length=2000, blank=True)
    raw_value = models.CharField("建议指标值", max_length=500, blank=True)
    basis = models.CharField("依据", max_length=2000, blank=True)
    method = models.CharField("建议方法", max_length=300)
    cures = models.JSONField("改正", default=list)
    left = models.JSONField("待改", default=list)
    edited = models.BooleanField("已修改", default=False)
    reason = models.CharField("理由", max_length=500, blank=True)
    edited_by = models.CharField("修改人", max_length=64, blank=True)
    edited_name = models.CharField("修改人姓名", max_length=100, blank=True)
    edited_at = models.DateTimeField("修改时间", null=True, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["proposal", "place", "row"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="proposals_row_place", fields=["proposal", "place", "row"]),
        ]

    def __str__(self) -> str:
        return f"{self.place}-{self.row} {self.level3}"
