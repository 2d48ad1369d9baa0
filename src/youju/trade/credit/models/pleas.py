"""Appeals and repairs, and the records that a decision set aside."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.trade.credit.lifecycle import APPEAL_FLOW, CHECKED, DRAFT, PLEAS, SUBMITTED
from youju.trade.credit.models.scores import Score


class Plea(models.Model):
    """What a party asks about one record that counts against it: an appeal (申诉) or a repair (修复).

    ``record`` is the record as it was told. Files hang on it as attachments of ``credit.appeal`` or ``credit.repair``.
    """

    number = models.CharField("编号", max_length=20, unique=True)
    kind = models.CharField("种类", max_length=8)
    party = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="主体"
    )
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账号单位"
    )  # fmt: skip
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    name = models.CharField("名称", max_length=100)
    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="pleas", verbose_name="得分")
    mark = models.CharField("记录", max_length=120)
    record = models.JSONField("记录内容")
    reason = models.CharField("理由", max_length=1000)
    state = models.CharField("状态", max_length=10, default=DRAFT)
    asked_by = ArrayField(models.CharField(max_length=64), verbose_name="申请人", default=list)
    asked_at = models.DateTimeField("申请时间", db_default=Now())
    checked_by = ArrayField(models.CharField(max_length=64), verbose_name="核查人", default=list)
    finding = models.CharField("核查意见", max_length=1000, blank=True)
    decided_by = ArrayField(models.CharField(max_length=64), verbose_name="裁定人", default=list)
    decided_at = models.DateTimeField("裁定时间", null=True, blank=True)
    decision = models.CharField("裁定理由", max_length=1000, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="credit_plea_state", fields=["state", "-id"]),
            models.Index(name="credit_plea_party", fields=["party", "-id"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="credit_plea_kind", condition=Q(kind__in=list(PLEAS))),
            models.CheckConstraint(
                name="credit_plea_state_known", condition=Q(state__in=[each.code for each in APPEAL_FLOW.states])
            ),
            models.UniqueConstraint(
                name="credit_plea_one_open", fields=["party", "mark"], condition=Q(state__in=[DRAFT, SUBMITTED, CHECKED])
            ),
            models.CheckConstraint(
                name="credit_plea_two_people",
                condition=~Q(decided_by__overlap=F("checked_by")) & ~Q(decided_by__overlap=F("asked_by")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class SetAside(models.Model):
    """A record that counts no more from a day on, by a decision (不再计分). The record itself stays with its room."""

    plea = models.OneToOneField(Plea, on_delete=models.PROTECT, related_name="set_aside")
    party = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="主体"
    )
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账号单位"
    )  # fmt: skip
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    mark = models.CharField("记录", max_length=120)
    record = models.JSONField("记录内容")
    reason = models.CharField("理由", max_length=1000)
    decided_by = models.CharField("裁定人", max_length=64)
    decided_at = models.DateTimeField("裁定时间")

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-decided_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="credit_aside_once", fields=["party", "mark"]),
        ]

    def __str__(self) -> str:
        return self.mark
