"""Changes of a budget within the year."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.funds.projects.models.projects import Project
from youju.rules.funds.projects.lifecycle import APPROVED, DRAFTED, SOURCES


class Adjustment(models.Model):
    """One adjustment of a project's money from one source (预算调整): by how much, on what, why, by whom, who decided.

    ``proposed_by`` and ``decided_by`` hold a username and, where somebody stood in, that of the person stood in for.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="adjustments")
    number = models.CharField("编号", max_length=24, unique=True)
    source = models.CharField("来源", max_length=8, choices=list(SOURCES.items()))
    amount = models.DecimalField("增减额（元）", max_digits=16, decimal_places=2)
    document_number = models.CharField("文号", max_length=60)
    reason = models.CharField("理由", max_length=400)
    state = models.CharField("状态", max_length=10, default=DRAFTED)
    proposed_by = ArrayField(models.CharField(max_length=64), verbose_name="提出人", default=list)
    proposed_at = models.DateTimeField("提出时间", db_default=Now())
    decided_by = ArrayField(models.CharField(max_length=64), verbose_name="批准人", default=list)
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="projects_adjustment_says",
                condition=~Q(amount=0) & ~Q(document_number="") & ~Q(reason="") & Q(source__in=list(SOURCES)),
            ),
            models.CheckConstraint(
                name="projects_adjustment_two_people",
                condition=~Q(decided_by__overlap=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="projects_adjustment_approved_by_somebody",
                condition=~Q(state=APPROVED) | (~Q(decided_by=[]) & ~Q(proposed_by=[])),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.amount}"
