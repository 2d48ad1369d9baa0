"""An event, what it costs, what was reminded of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.office.events.kinds import COST_KINDS, KIND_NAMES
from youju.rules.office.events.lifecycle import ACCEPTED, CANCELLED, EVENT_STATES, OPEN, PLANNED


class Event(models.Model):
    """An exhibition, a round of recruitment, a training, a research visit, a round of AEO cultivation.

    Enterprises see it once ``announced_on`` stands; row-level security says so too. ``taken`` is kept by a trigger on the
    sign-ups and bounded by ``places``, so that two last-place sign-ups at once cannot both win. ``state`` follows the workflow's
    case. Money in CNY, days both included.
    """

    number = models.CharField("编号", max_length=20, unique=True)
    kind = models.CharField("类别", max_length=12)
    name = models.CharField("名称", max_length=100)
    name_en = models.CharField("英文名称", max_length=150, blank=True)
    country = models.CharField("国家（地区）", max_length=2, default="CN")
    city = models.CharField("城市", max_length=50, blank=True)
    venue = models.CharField("场馆或地点", max_length=100, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    signup_until = models.DateField("报名截止", null=True, blank=True)
    places = models.PositiveIntegerField("展位或名额", null=True, blank=True)
    taken = models.PositiveIntegerField("已占用", default=0)
    budget = models.DecimalField("预算（元）", max_digits=18, decimal_places=2, null=True, blank=True)
    project = models.CharField("项目编码", max_length=30, blank=True)
    section = models.CharField("负责科室", max_length=8, blank=True)
    details = models.TextField("说明", max_length=2000, blank=True)
    subsidy = models.CharField("补贴政策或批次", max_length=60, blank=True)
    evaluation = models.CharField("评价问卷", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10, default=PLANNED)
    announced_on = models.DateField("发布日期", null=True, blank=True)
    report_note = models.CharField("结果", max_length=2000, blank=True)
    reported_on = models.DateField("提交日期", null=True, blank=True)
    reported_by = models.CharField("提交人", max_length=64, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    accepted_by = models.CharField("验收人", max_length=64, blank=True)
    cancelled_on = models.DateField("取消日期", null=True, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)
    batch = models.CharField("导入批次", max_length=40, blank=True)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-starts_on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="events_event_starts", fields=["-starts_on", "-id"]),
            models.Index(name="events_event_kind", fields=["kind", "-starts_on"]),
            models.Index(name="events_event_open", fields=["ends_on"], condition=Q(state__in=OPEN)),
            models.Index(
                name="events_event_announced", fields=["-starts_on"], condition=Q(announced_on__isnull=False)
            ),
            models.Index(name="events_event_batch", fields=["batch"], condition=~Q(batch="")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="events_event_kind_known", condition=Q(kind__in=list(KIND_NAMES))),
            models.CheckConstraint(name="events_event_state", condition=Q(state__in=list(EVENT_STATES))),
            models.CheckConstraint(name="events_event_days", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="events_event_places", condition=Q(places=None) | Q(taken__lte=F("places"))
            ),
            models.CheckConstraint(
                name="events_event_two_people", condition=Q(accepted_by="") | ~Q(accepted_by=F("reported_by"))
            ),
            models.CheckConstraint(
                name="events_event_accepted",
                condition=Q(state=ACCEPTED, accepted_on__isnull=False, reported_on__isnull=False)
                & ~Q(accepted_by="")
                | Q(accepted_on=None, accepted_by="") & ~Q(state=ACCEPTED),
            ),
            models.CheckConstraint(
                name="events_event_cancelled",
                condition=Q(state=CANCELLED, cancelled_on__isnull=False)
                | Q(cancelled_on=None) & ~Q(state=CANCELLED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Cost(models.Model):
    """What an event cost, by kind; paid by something that another room knows by kind and number (费用)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="costs")
    kind = models.CharField("类别", max_length=10)
    amount = models.DecimalField("金额（元）", max_digits=18, decimal_places=2)
    spent_on = models.DateField("日期")
    reference_kind = models.CharField("付款凭据的种类", max_length=20, blank=True)
    reference = models.CharField("付款编号", max_length=60, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    written_by = models.CharField("登记人", max_length=64)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["spent_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="events_cost_kind", condition=Q(kind__in=list(COST_KINDS))),
            models.CheckConstraint(name="events_cost_amount", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.kind} {self.amount}"


class Reminder(models.Model):
    """That an event begins soon, or that its result is late: once each (提醒)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="reminders")
    rule = models.CharField("规则", max_length=7)
    about = models.DateField("所提醒的日期")
    made_on = models.DateField("提醒日期")
    message = models.CharField("内容", max_length=400)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-made_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="events_reminder_once", fields=["event", "rule", "about"]),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.rule}"


class EventSeries(models.Model):
    """The last number given in a year under a prefix; its row is locked while the next ones are taken."""

    code = models.CharField("前缀和年份", max_length=8, primary_key=True)
    last = models.PositiveIntegerField("最后一个序号", default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.code} {self.last}"
