"""A sample as it was drawn, never changed again, and the working papers of what was drawn."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.funds.internal_audits.models.plans import Engagement
from youju.rules.funds.internal_audits.kinds import CONCLUSIONS, UNCHECKED
from youju.rules.funds.internal_audits.sampling import ALLOCATIONS

SHA256 = r"^[0-9a-f]{64}$"


class Sample(models.Model):
    """A sample: population, seed, design and what came of it. A trigger refuses every change.

    ``hash`` is the sha256 of the population's text (``rules.funds.internal_audits.sampling.population_text``), which is kept as a
    file under the same hash; ``strata`` are those of ``sampling.Stratum`` as plain data.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="samples")
    number = models.CharField("编号", max_length=20, unique=True)
    population = models.CharField("总体", max_length=20)
    since = models.DateField("总体起始日期")
    until = models.DateField("总体终止日期")
    project = models.CharField("资金项目编码", max_length=30, blank=True)
    seed = models.CharField("种子", max_length=64)
    size = models.PositiveIntegerField("样本量")
    limits = ArrayField(
        models.DecimalField(max_digits=18, decimal_places=2), verbose_name="分层界限", default=list
    )
    certainty = models.DecimalField("必抽金额", max_digits=18, decimal_places=2, null=True, blank=True)
    allocation = models.CharField("分配方法", max_length=12)
    method = models.CharField("方法", max_length=500)
    hash = models.CharField("总体校验值", max_length=64)
    count = models.PositiveIntegerField("总体件数")
    total = models.DecimalField("总体金额", max_digits=20, decimal_places=2)
    strata = models.JSONField("各层")
    findings = models.JSONField("规则提示", default=list)
    drawn_by = models.CharField("抽样人", max_length=64)
    drawn_name = models.CharField("抽样人姓名", max_length=100)
    drawn_at = models.DateTimeField("抽样时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-drawn_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="internal_audits_sample_hash", condition=Q(hash__regex=SHA256)),
            models.CheckConstraint(
                name="internal_audits_sample_shared", condition=Q(allocation__in=list(ALLOCATIONS))
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SampleItem(models.Model):
    """A unit of a sample with its working paper: what was looked at, and what it showed. What was drawn never changes."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveIntegerField("序号")
    stratum = models.PositiveSmallIntegerField("层")
    number = models.CharField("随机号", max_length=64)
    subject_kind = models.CharField("记录种类", max_length=40)
    subject_key = models.CharField("记录编号", max_length=64)
    label = models.CharField("记录", max_length=200)
    amount = models.DecimalField("金额（元）", max_digits=18, decimal_places=2)
    examined = models.CharField("查了什么", max_length=2000, blank=True)
    conclusion = models.CharField("结论", max_length=8, blank=True, default=UNCHECKED)
    examined_by = models.CharField("检查人", max_length=64, blank=True)
    examined_name = models.CharField("检查人姓名", max_length=100, blank=True)
    examined_at = models.DateTimeField("检查时间", null=True, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["sample", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="internal_audits_drawn_once", fields=["sample", "subject_key"]),
            models.UniqueConstraint(name="internal_audits_drawn_place", fields=["sample", "place"]),
            models.CheckConstraint(
                name="internal_audits_item_concluded",
                condition=Q(conclusion=UNCHECKED, examined_at=None)
                | Q(conclusion__in=list(CONCLUSIONS), examined_at__isnull=False) & ~Q(examined=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id}-{self.place} {self.label}"
