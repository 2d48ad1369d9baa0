"""What an enterprise brought: who, against whom, how it went."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.office.tasks.models.tasks import Task
from youju.rules.office.tasks.kinds import OUTCOMES


class Matter(models.Model):
    """The part of a request or dispute that other tasks do not have.

    Parties stand by name and by the number they gave: this room knows no filings. ``contact`` is sealed
    (``kernel.sealing``): JSON with a name and a telephone number; lists never show it.
    """

    task = models.OneToOneField(Task, on_delete=models.CASCADE, primary_key=True, related_name="matter")
    topic = models.CharField("事由", max_length=10)
    applicant = models.CharField("申请方", max_length=100)
    applicant_code = models.CharField("申请方代码", max_length=32, blank=True)
    contact = models.TextField("联系方式（加密）", blank=True)
    other_side = models.CharField("对方", max_length=100, blank=True)
    other_code = models.CharField("对方代码", max_length=32, blank=True)
    reference = models.CharField("有关单号", max_length=100, blank=True)
    amount = models.DecimalField("涉及金额（元）", max_digits=18, decimal_places=2, null=True, blank=True)
    outcome = models.CharField("是否解决", max_length=8, blank=True)
    result = models.CharField("办理结果", max_length=1000, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tasks_matter_outcome", condition=Q(outcome="") | Q(outcome__in=list(OUTCOMES))
            ),
            models.CheckConstraint(name="tasks_matter_amount", condition=Q(amount=None) | Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.applicant}"


class Mediation(models.Model):
    """One step of a mediation (调解); never changed, a correction is a further step."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="mediations")
    held_on = models.DateField("日期")
    text = models.CharField("经过", max_length=1000)
    shown = models.BooleanField("申请方可见", default=True)
    written_by = models.CharField("记录人", max_length=64)
    written_name = models.CharField("记录人姓名", max_length=100, blank=True)
    written_at = models.DateTimeField("记录时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.task_id} {self.held_on}"
