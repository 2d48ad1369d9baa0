"""What came of an evaluation for the next year (结果应用)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.performance.evaluation.models.selves import SelfEvaluation


class AppliedResult(models.Model):
    """The grade that counts, and what follows from it in ``applied_year``: kept as it was decided."""

    evaluation = models.OneToOneField(SelfEvaluation, on_delete=models.PROTECT, related_name="result")
    fiscal_year = models.PositiveSmallIntegerField("评价年度")
    applied_year = models.PositiveSmallIntegerField("应用年度")
    project_code = models.CharField("项目编码", max_length=64)
    total = models.DecimalField("得分", max_digits=6, decimal_places=2)
    grade = models.CharField("等级", max_length=2)
    follows = models.CharField("后果", max_length=10)
    follows_text = models.CharField("后果说明", max_length=200)
    note = models.CharField("说明", max_length=1000, blank=True)
    decided_by = models.CharField("登记人", max_length=64)
    decided_name = models.CharField("登记人姓名", max_length=64)
    decided_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-fiscal_year", "pk"]
        indexes: ClassVar = [models.Index(name="evaluation_result_order", fields=["-fiscal_year", "id"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="evaluation_result_once", fields=["fiscal_year", "project_code"]),
            models.CheckConstraint(
                name="evaluation_result_next", condition=Q(applied_year__gt=models.F("fiscal_year"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_code} {self.fiscal_year} {self.grade}"
