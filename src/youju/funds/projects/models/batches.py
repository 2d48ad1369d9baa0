"""Disbursement batches (支出批次): what is spent together and accepted together."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.funds.projects.models.projects import Project
from youju.rules.funds.projects.lifecycle import CLOSED, DRAFTED


class Batch(models.Model):
    """A batch of a project; ``closed_on`` is the day of its acceptance, by somebody other than who opened it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="batches")
    number = models.CharField("编号", max_length=24, unique=True)
    title = models.CharField("名称", max_length=100)
    due_on = models.DateField("应完成日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, default=DRAFTED)
    opened_by = ArrayField(models.CharField(max_length=64), verbose_name="开批次人", default=list)
    opened_at = models.DateTimeField("开批次时间", db_default=Now())
    accepted_by = ArrayField(models.CharField(max_length=64), verbose_name="验收人", default=list)
    closed_on = models.DateField("验收日期", null=True, blank=True)
    note = models.CharField("验收意见", max_length=400, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="projects_batch_two_people", condition=~Q(accepted_by__overlap=F("opened_by"))
            ),
            models.CheckConstraint(
                name="projects_batch_accepted",
                condition=(Q(state=CLOSED) & ~Q(accepted_by=[]) & ~Q(opened_by=[]) & ~Q(closed_on=None))
                | (~Q(state=CLOSED) & Q(accepted_by=[], closed_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
