"""Tables of the jobs room: one row for each run that people can look at, one for each period already served."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.foundation.kernel.subjects import Subject

OPEN = ("queued", "running")


class Run(models.Model):
    """One piece of work, from the moment it was asked for until it is done.

    What happened to it stands here; procrastinate's own row (``procrastinate_id``) only says when a worker takes it.
    """

    class State(models.TextChoices):
        """Where the work stands."""

        QUEUED = "queued", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "失败"
        CANCELLED = "cancelled", "已取消"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField("任务代码", max_length=100)
    title = models.CharField("任务", max_length=200)
    key = models.CharField("互斥键", max_length=200, blank=True)
    subject_kind = models.CharField("对象类别", max_length=100, blank=True)
    subject_key = models.CharField("对象编号", max_length=200, blank=True)
    subject_label = models.CharField("对象", max_length=300, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.BigIntegerField("已完成", default=0)
    total = models.BigIntegerField("总数", null=True, blank=True)
    message = models.CharField("进展", max_length=500, blank=True)
    attempts = models.IntegerField("次数", default=0)
    arguments = models.JSONField("参数", default=dict, encoder=DjangoJSONEncoder)
    result = models.JSONField("结果", null=True, blank=True, encoder=DjangoJSONEncoder)
    error = models.TextField("原因", blank=True)
    requested_by = models.CharField("发起人", max_length=150, blank=True)
    request_id = models.CharField("请求编号", max_length=64, blank=True)
    context = models.JSONField("发起时的身份", default=dict)
    procrastinate_id = models.BigIntegerField(null=True, blank=True)
    queued_at = models.DateTimeField("排队时间", db_default=Now())
    next_at = models.DateTimeField("下次尝试", null=True, blank=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    heartbeat_at = models.DateTimeField("最近进展时间", null=True, blank=True)

    class Meta:
        db_table = "jobs_run"
        default_permissions = ()
        ordering: ClassVar = ["-queued_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="jobs_run_state_known",
                condition=Q(state__in=["queued", "running", "done", "failed", "cancelled"]),
            ),
            models.CheckConstraint(
                name="jobs_run_finished_or_open",
                condition=Q(state__in=OPEN, finished_at__isnull=True)
                | (~Q(state__in=OPEN) & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(name="jobs_run_failed_says_why", condition=~Q(state="failed", error="")),
            models.CheckConstraint(name="jobs_run_done_is_count", condition=Q(done__gte=0)),
            models.CheckConstraint(
                name="jobs_run_total_is_count", condition=Q(total__isnull=True) | Q(total__gte=0)
            ),
            models.CheckConstraint(name="jobs_run_attempts_is_count", condition=Q(attempts__gte=0)),
        ]
        indexes: ClassVar = [
            models.Index(F("queued_at").desc(), "id", name="jobs_run_newest"),
            models.Index("code", F("queued_at").desc(), name="jobs_run_by_code"),
            models.Index("subject_kind", "subject_key", F("queued_at").desc(), name="jobs_run_by_subject"),
            models.Index("queued_at", name="jobs_run_open", condition=Q(state__in=OPEN)),
            models.Index("finished_at", name="jobs_run_by_end", condition=~Q(state__in=OPEN)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject | None:
        """What the work is about."""
        if not self.subject_kind:
            return None
        return Subject(self.subject_kind, self.subject_key, self.subject_label)

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return str(self.State(self.state).label)


class Period(models.Model):
    """The latest period of a periodic job for which a run was enqueued: what keeps two workers from running it twice."""

    code = models.CharField("任务代码", max_length=100, primary_key=True)
    slot = models.DateTimeField("周期的时刻")
    run = models.UUIDField("最近的一次", null=True, blank=True)

    class Meta:
        db_table = "jobs_period"
        default_permissions = ()

    def __str__(self) -> str:
        return self.code
