"""Firms that are to be won for the market, and enterprises on the way to the AEO certificate."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.office.events.models.events import Event
from youju.rules.office.events.kinds import SERVICE_KINDS
from youju.rules.office.events.lifecycle import AEO_STAGES, PROSPECT_STAGES


class Prospect(models.Model):
    """A firm of trade services that is to be won (招商对象); ``contact`` is sealed (name, telephone)."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="prospects")
    firm = models.CharField("企业名称", max_length=100)
    service = models.CharField("服务类别", max_length=10)
    region = models.CharField("所在地", max_length=50, blank=True)
    contact = models.TextField("联系方式（加密）", blank=True)
    stage = models.CharField("进展", max_length=12, default="contacted")
    contacted_on = models.DateField("接触日期")
    negotiating_on = models.DateField("洽谈日期", null=True, blank=True)
    signed_on = models.DateField("签约日期", null=True, blank=True)
    landed_on = models.DateField("落地日期", null=True, blank=True)
    lost_on = models.DateField("未成日期", null=True, blank=True)
    last_on = models.DateField("最近进展日期")
    note = models.CharField("最近进展", max_length=500, blank=True)
    created_by = models.CharField("登记人", max_length=64)
    created_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-last_on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="events_prospect_last", fields=["-last_on", "-id"]),
            models.Index(name="events_prospect_event", fields=["event", "stage"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="events_prospect_once", fields=["event", "firm"]),
            models.CheckConstraint(
                name="events_prospect_stage", condition=Q(stage__in=list(PROSPECT_STAGES))
            ),
            models.CheckConstraint(
                name="events_prospect_service", condition=Q(service__in=list(SERVICE_KINDS))
            ),
        ]

    def __str__(self) -> str:
        return self.firm


class Application(models.Model):
    """An enterprise on the way to the certificate of an authorised economic operator (AEO 认证)."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="applications")
    firm = models.CharField("企业名称", max_length=100)
    firm_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    stage = models.CharField("进展", max_length=12, default="intent")
    intent_on = models.DateField("意向日期")
    coaching_on = models.DateField("辅导日期", null=True, blank=True)
    assessed_on = models.DateField("自评日期", null=True, blank=True)
    submitted_on = models.DateField("申请日期", null=True, blank=True)
    certified_on = models.DateField("认证日期", null=True, blank=True)
    refused_on = models.DateField("未通过日期", null=True, blank=True)
    last_on = models.DateField("最近进展日期")
    note = models.CharField("最近进展", max_length=500, blank=True)
    created_by = models.CharField("登记人", max_length=64)
    created_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-last_on", "-pk"]
        indexes: ClassVar = [models.Index(name="events_application_last", fields=["-last_on", "-id"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="events_application_once", fields=["event", "firm"]),
            models.CheckConstraint(name="events_application_stage", condition=Q(stage__in=list(AEO_STAGES))),
        ]

    def __str__(self) -> str:
        return self.firm
