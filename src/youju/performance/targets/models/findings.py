"""What the rules said about a set, stored with the law they said it under."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from youju.performance.targets.models.projects import Project
from youju.performance.targets.models.sets import TargetSet
from youju.rules.findings import Severity


class Finding(models.Model):
    """A stored finding; ``as_of`` and ``policy_hash`` let an auditor replay it."""

    target_set = models.ForeignKey(TargetSet, on_delete=models.CASCADE, related_name="findings")
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="findings", null=True, blank=True
    )
    order = models.PositiveIntegerField("序号")
    rule = models.CharField("规则", max_length=20)
    severity = models.CharField("轻重", max_length=8)
    row = models.PositiveSmallIntegerField("行号", null=True, blank=True)
    field = models.CharField("栏目", max_length=40, null=True, blank=True)
    message = models.TextField("意见")
    suggestion = models.TextField("建议", blank=True)
    as_of = models.DateField("所依法律之日")
    policy_hash = models.CharField("所依政策校验值", max_length=64)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="targets_finding_order", fields=["target_set", "order"]),
            models.CheckConstraint(
                name="targets_finding_severity",
                condition=Q(severity__in=[severity.value for severity in Severity]),
            ),
            models.CheckConstraint(
                name="targets_finding_row_of_project",
                condition=Q(row__isnull=True) | Q(project__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(name="targets_finding_rule", fields=["target_set", "rule"])]

    def __str__(self) -> str:
        return f"{self.rule} {self.message}"
