"""A task, the plan that made it where it comes again, what was reminded of it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.office.tasks.kinds import EVERY_NAMES, KIND_NAMES, TaskKind
from youju.rules.office.tasks.lifecycle import ACCEPTED, OPEN, PLANNED, TASK_FLOW


class Plan(models.Model):
    """What made several tasks at once: how often, from when to when (重复的任务)."""

    title = models.CharField("名称", max_length=100)
    every = models.CharField("周期", max_length=8)
    first_due = models.DateField("第一次的期限")
    until = models.DateField("排到哪一天")
    created_by = models.CharField("建立人", max_length=64)
    created_at = models.DateTimeField("建立时间", db_default=Now())

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="tasks_plan_days", condition=Q(until__gte=F("first_due"))),
            models.CheckConstraint(name="tasks_plan_every", condition=Q(every__in=list(EVERY_NAMES))),
        ]

    def __str__(self) -> str:
        return self.title


class Task(models.Model):
    """One thing to be done by a day, by somebody, and accepted by somebody else.

    ``organisation`` is the enterprise that brought it, by its id; row-level security lets it see its own. People are named by
    username, as in the trail. ``state`` follows the workflow's case and stands here for lists and constraints.
    """

    number = models.CharField("编号", max_length=20, unique=True)
    kind = models.CharField("类别", max_length=16)
    title = models.CharField("事项", max_length=100)
    details = models.TextField("要求", max_length=2000, blank=True)
    tags = ArrayField(models.CharField(max_length=20), verbose_name="标签", default=list, blank=True)
    project = models.CharField("项目编码", max_length=30, blank=True)
    section = models.CharField("科室", max_length=8, blank=True)
    person = models.CharField("办理人", max_length=64, blank=True)
    person_name = models.CharField("办理人姓名", max_length=100, blank=True)
    acceptor = models.CharField("验收人", max_length=64, blank=True)
    acceptor_name = models.CharField("验收人姓名", max_length=100, blank=True)
    received_on = models.DateField("受理日期")
    starts_on = models.DateField("开始日期")
    due_on = models.DateField("期限")
    state = models.CharField("状态", max_length=10, default=PLANNED)
    done_on = models.DateField("提交日期", null=True, blank=True)
    done_by = models.CharField("提交人", max_length=64, blank=True)
    done_note = models.CharField("完成情况", max_length=1000, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    accepted_by = models.CharField("验收通过的人", max_length=64, blank=True)
    cancelled_on = models.DateField("取消日期", null=True, blank=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    batch = models.CharField("导入批次", max_length=40, blank=True)
    organisation = models.BigIntegerField("提出单位", null=True, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [
            models.Index(name="tasks_task_open", fields=["due_on"], condition=Q(state__in=OPEN)),
            models.Index(name="tasks_task_due", fields=["due_on", "kind"]),
            models.Index(name="tasks_task_person", fields=["person", "state", "due_on"]),
            models.Index(name="tasks_task_project", fields=["project", "due_on"]),
            models.Index(
                name="tasks_task_organisation",
                fields=["organisation", "-id"],
                condition=Q(organisation__isnull=False),
            ),
            models.Index(name="tasks_task_batch", fields=["batch"], condition=~Q(batch="")),
            GinIndex(name="tasks_task_tags", fields=["tags"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="tasks_task_days", condition=Q(due_on__gte=F("starts_on"))),
            models.CheckConstraint(name="tasks_task_kind", condition=Q(kind__in=list(KIND_NAMES))),
            models.CheckConstraint(
                name="tasks_task_state", condition=Q(state__in=[state.code for state in TASK_FLOW.states])
            ),
            models.CheckConstraint(
                name="tasks_task_two_people",
                condition=Q(accepted_by="") | (~Q(accepted_by=F("person")) & ~Q(accepted_by=F("done_by"))),
            ),
            models.CheckConstraint(
                name="tasks_task_acceptor", condition=Q(acceptor="") | ~Q(acceptor=F("person"))
            ),
            models.CheckConstraint(
                name="tasks_task_accepted",
                condition=Q(state=ACCEPTED, accepted_on__isnull=False, done_on__isnull=False)
                & ~Q(accepted_by="")
                | Q(accepted_on=None, accepted_by="") & ~Q(state=ACCEPTED),
            ),
            models.CheckConstraint(
                name="tasks_task_cancelled",
                condition=Q(state="cancelled", cancelled_on__isnull=False)
                | Q(cancelled_on=None) & ~Q(state="cancelled"),
            ),
            # Whoever brings something stands with it; what the centre plans for itself is nobody's.
            models.CheckConstraint(
                name="tasks_task_brought",
                condition=Q(organisation=None) | Q(kind__in=[TaskKind.REQUEST.value, TaskKind.DISPUTE.value]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Reminder(models.Model):
    """That a task was said to end soon, or to be late: once each (催办)."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reminders")
    rule = models.CharField("规则", max_length=7)
    due_on = models.DateField("所提醒的期限")
    made_on = models.DateField("提醒日期")
    message = models.CharField("内容", max_length=300)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-made_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="tasks_reminder_once", fields=["task", "rule", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.rule}"


class TaskSeries(models.Model):
    """The last number given in a year under a prefix; its row is locked while the next ones are taken."""

    code = models.CharField("前缀和年份", max_length=8, primary_key=True)
    last = models.PositiveIntegerField("最后一个序号", default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.code} {self.last}"
