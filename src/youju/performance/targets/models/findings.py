"""What the rules said about a set, stored with the law they said it under."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.performance.targets.models.projects import Project
from youju.performance.targets.models.sets import SHA256, TargetSet
from youju.rules.findings import Severity


class Finding(models.Model):
    """A stored finding; ``as_of`` and ``policy_hash`` let an auditor replay it, ``fingerprint`` finds its answer."""

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
    fingerprint = models.CharField("意见标识", max_length=64, blank=True)
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


class Answer(models.Model):
    """Why a finding stands as it is (答复). Kept by the finding's fingerprint: findings are made anew at every check."""

    target_set = models.ForeignKey(TargetSet, on_delete=models.CASCADE, related_name="answers")
    fingerprint = models.CharField("意见标识", max_length=64)
    rule = models.CharField("规则", max_length=20)
    text = models.TextField("答复")
    answered_by = models.CharField("答复人", max_length=150)
    answered_name = models.CharField("答复人姓名", max_length=150, blank=True)
    answered_at = models.DateTimeField("答复时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="targets_answer_once", fields=["target_set", "fingerprint"]),
            models.CheckConstraint(name="targets_answer_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="targets_answer_mark", condition=Q(fingerprint__regex=SHA256)),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.text[:40]}"
