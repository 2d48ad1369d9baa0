"""What internal supervision found, and how it was put right."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.funds.internal_audits.models.plans import Engagement
from youju.funds.internal_audits.models.samples import SampleItem
from youju.rules.funds.internal_audits.kinds import CATEGORIES, SERIOUSNESS
from youju.rules.funds.internal_audits.lifecycle import CLOSED, FINDING_STATES, NOTED, OPEN


class Finding(models.Model):
    """A finding (监督发现问题): tied to a record by kind and key, with the clause that was not kept, amounts in CNY.

    ``record_amount`` is the record's amount on the day of registering. How often and why it was opened again stands in its log.
    """

    number = models.CharField("编号", max_length=20, unique=True)
    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="findings", null=True, blank=True
    )
    item = models.ForeignKey(
        SampleItem, on_delete=models.PROTECT, related_name="findings", null=True, blank=True
    )
    title = models.CharField("问题", max_length=100)
    description = models.CharField("情况", max_length=2000)
    suggestion = models.CharField("整改要求", max_length=1000, blank=True)
    category = models.CharField("类别", max_length=10)
    seriousness = models.CharField("严重程度", max_length=8)
    basis = models.CharField("依据", max_length=300)
    amount = models.DecimalField("问题金额（元）", max_digits=18, decimal_places=2, null=True, blank=True)
    subject_kind = models.CharField("记录种类", max_length=40, blank=True)
    subject_key = models.CharField("记录编号", max_length=64, blank=True)
    subject_label = models.CharField("记录", max_length=200, blank=True)
    record_amount = models.DecimalField(
        "记录金额（元）", max_digits=18, decimal_places=2, null=True, blank=True
    )
    section = models.CharField("责任科室", max_length=8)
    state = models.CharField("状态", max_length=12, default=NOTED)
    found_on = models.DateField("发现日期")
    noticed_on = models.DateField("通知日期", null=True, blank=True)
    due_on = models.DateField("整改期限", null=True, blank=True)
    replied_on = models.DateField("回复日期", null=True, blank=True)
    replied_by = models.CharField("回复人", max_length=64, blank=True)
    verified_by = models.CharField("核实人", max_length=64, blank=True)
    verified_name = models.CharField("核实人姓名", max_length=100, blank=True)
    closed_on = models.DateField("销号日期", null=True, blank=True)
    reopened = models.PositiveSmallIntegerField("重新打开次数", default=0)
    reopened_why = models.CharField("重新打开的理由", max_length=2000, blank=True)
    round = models.PositiveSmallIntegerField("整改轮次", default=1)
    revision = models.PositiveIntegerField("修改次数", default=0)
    batch = models.CharField("导入批次", max_length=40, blank=True)
    found_by = models.CharField("登记人", max_length=64)
    found_name = models.CharField("登记人姓名", max_length=100)
    created_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-found_on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="internal_audits_found", fields=["-found_on", "-id"]),
            models.Index(name="internal_audits_of_record", fields=["subject_kind", "subject_key"]),
            models.Index(name="internal_audits_due", fields=["due_on"], condition=Q(state__in=list(OPEN))),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="internal_audits_state", condition=Q(state__in=list(FINDING_STATES))),
            models.CheckConstraint(name="internal_audits_known", condition=Q(category__in=list(CATEGORIES))),
            models.CheckConstraint(
                name="internal_audits_serious", condition=Q(seriousness__in=list(SERIOUSNESS))
            ),
            models.CheckConstraint(name="internal_audits_basis", condition=~Q(basis="")),
            models.CheckConstraint(
                name="internal_audits_amount",
                condition=Q(amount=None)
                | Q(amount__gte=0) & (Q(record_amount=None) | Q(amount__lte=F("record_amount"))),
            ),
            models.CheckConstraint(
                name="internal_audits_deadline",
                condition=Q(due_on=None) | Q(noticed_on__isnull=False, due_on__gte=F("noticed_on")),
            ),
            models.CheckConstraint(
                name="internal_audits_two_people",
                condition=Q(verified_by="") | ~Q(verified_by=F("replied_by")),
            ),
            models.CheckConstraint(
                name="internal_audits_closed",
                condition=Q(state=CLOSED, closed_on__isnull=False) & ~Q(verified_by="")
                | ~Q(state=CLOSED) & Q(closed_on=None),
            ),
            models.CheckConstraint(
                name="internal_audits_tied",
                condition=Q(subject_kind="", subject_key="") | ~Q(subject_kind="") & ~Q(subject_key=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Reply(models.Model):
    """What a section answered to a finding in a round of rectification (整改回复); each stays."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField("整改轮次")
    text = models.CharField("整改情况", max_length=2000)
    by = models.CharField("回复人", max_length=64)
    by_name = models.CharField("回复人姓名", max_length=100)
    at = models.DateTimeField("回复时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["finding", "pk"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.round}"


class Reminder(models.Model):
    """That a finding was said to fall due soon, to be late, or to have been opened too often: once each (催办)."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="reminders")
    rule = models.CharField("规则", max_length=7)
    due_on = models.DateField("所提醒的期限")
    made_on = models.DateField("提醒日期")
    message = models.CharField("内容", max_length=300)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-made_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="internal_audits_said_once", fields=["finding", "rule", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.rule}"
