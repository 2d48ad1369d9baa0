"""Cases, the steps they took, and who stands in for whom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Case(models.Model):
    """A record on its way through a flow. The record itself is named, not referenced: it lives in a room above.

    ``waits_at``: codes of the organisations whose people it waits for; empty: whoever holds the permission.
    """

    subject_kind = models.CharField("对象类别", max_length=100)
    subject_key = models.CharField("对象编号", max_length=200)
    label = models.TextField("名称")
    flow = models.CharField("流程", max_length=100)
    flow_since = models.DateField("流程版本")
    state = models.CharField("状态", max_length=40)
    round = models.PositiveIntegerField("轮次", default=1)
    waiting_for = models.CharField("等待的权限", max_length=60, blank=True)
    waits_at = ArrayField(
        models.CharField(max_length=16), verbose_name="等待的单位", default=list, db_default=[], blank=True
    )
    assigned_to = models.CharField("指定办理人", max_length=64, blank=True)
    assigned_name = models.CharField("指定办理人姓名", max_length=100, blank=True)
    organisation = models.CharField("单位", max_length=64, blank=True)
    started_by = models.CharField("发起人", max_length=64)
    started_name = models.CharField("发起人姓名", max_length=100, blank=True)
    started_at = models.DateTimeField("发起时间", db_default=Now())
    entered_at = models.DateTimeField("进入本状态的时间")
    due_on = models.DateField("限办日期", null=True, blank=True)
    due_provisional = models.BooleanField("限办日期未定", default=False)
    finished_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="workflow_case_subject", fields=["subject_kind", "subject_key"]),
            models.CheckConstraint(
                name="workflow_case_finished_waits_not",
                condition=Q(finished_at__isnull=True) | Q(waiting_for="", due_on__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="workflow_case_waiting",
                fields=["waiting_for", "due_on"],
                condition=Q(finished_at__isnull=True),
            ),
            # What waits for one person, and for nobody in particular, among hundreds of thousands that wait for others: in the
            # order of the to-do list, so that its first page is read and nothing is sorted.
            models.Index(
                name="workflow_case_waiting_first",
                fields=["assigned_to", "waiting_for", "due_on", "entered_at", "id"],
                condition=Q(finished_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.state}"


class Step(models.Model):
    """One transition that was made; never changed afterwards (a trigger refuses it)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField("序号")
    round = models.PositiveIntegerField("轮次")
    transition = models.CharField("步骤", max_length=40)
    from_state = models.CharField("原状态", max_length=40, blank=True)
    to_state = models.CharField("新状态", max_length=40)
    by = models.CharField("办理人", max_length=64)
    by_name = models.CharField("姓名", max_length=100)
    on_behalf_of = models.CharField("代谁办理", max_length=64, blank=True)
    on_behalf_of_name = models.CharField("代谁办理（姓名）", max_length=100, blank=True)
    at = models.DateTimeField("时间")
    reason = models.TextField("理由", blank=True)
    due_on = models.DateField("限办日期", null=True, blank=True)
    working_days = models.PositiveIntegerField("用了几个工作日")
    within_limit = models.BooleanField("按期", null=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="workflow_step_number", fields=["case", "number"]),
            models.CheckConstraint(
                name="workflow_step_limit",
                condition=Q(due_on__isnull=True, within_limit__isnull=True)
                | Q(due_on__isnull=False, within_limit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}.{self.number} {self.transition}"


class Absence(models.Model):
    """Somebody is away, and somebody else stands in."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="离岗人"
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="代理人"
    )
    first = models.DateField("第一天")
    last = models.DateField("最后一天")
    reason = models.CharField("事由", max_length=200, blank=True)
    created_by = models.CharField("登记人", max_length=64)
    created_at = models.DateTimeField("登记时间", db_default=Now())
    ended_at = models.DateTimeField("提前结束", null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="workflow_absence_days", condition=Q(first__lte=F("last"))),
            models.CheckConstraint(name="workflow_absence_other", condition=~Q(user=F("substitute"))),
        ]
        indexes: ClassVar = [
            models.Index(
                name="workflow_absence_open", fields=["substitute"], condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.substitute_id} {self.first}–{self.last}"
