"""Endpoints, and what is to be sent to each of them: the outbox."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.webhooks.lifecycle import ACTIVE, ENDPOINT_FLOW

PENDING, SENT, FAILED = "pending", "sent", "failed"
DELIVERY_STATES = {PENDING: "等待发送", SENT: "已送到", FAILED: "没有送到"}


class Endpoint(models.Model):
    """Where one organisation's program listens (接收地址), and to which types of events.

    ``secret`` is sealed; ``earlier_secret`` signs as well until ``earlier_until``. ``failing_since`` is the first failure
    after the last success. ``state`` follows its case in the workflow.
    """

    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    name = models.CharField("用途", max_length=100)
    url = models.CharField("接收地址", max_length=500)
    types = ArrayField(models.CharField(max_length=60), verbose_name="通知的事项")
    secret = models.TextField("签名密钥")
    earlier_secret = models.TextField("旧的签名密钥", blank=True)
    earlier_until = models.DateTimeField("旧密钥有效至", null=True, blank=True)
    state = models.CharField("状态", max_length=8, default=ACTIVE)
    failing_since = models.DateTimeField("开始失败的时间", null=True, blank=True)
    sent_at = models.DateTimeField("最近送到的时间", null=True, blank=True)
    created_by = models.CharField("登记人", max_length=64)
    created_at = models.DateTimeField("登记时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(name="webhooks_endpoint_of", fields=["organisation"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="webhooks_endpoint_state",
                condition=Q(state__in=[each.code for each in ENDPOINT_FLOW.states]),
            )
        ]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One event for one endpoint. Written by triggers, in the transaction and the statement of the change itself.

    ``event`` is the same for every endpoint that hears of a change. ``sequence`` grows: of two events of one record the
    later has the larger one. ``organisation_id`` is the endpoint's; row-level security reads it.
    """

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    organisation_id = models.BigIntegerField("单位")
    event = models.UUIDField("事件编号")
    type = models.CharField("事项", max_length=60)
    kind = models.CharField("对象类别", max_length=40)
    key = models.CharField("对象编号", max_length=40)
    number = models.CharField("单号", max_length=40, blank=True)
    before = models.CharField("原状态", max_length=20, blank=True)
    after = models.CharField("新状态", max_length=20, blank=True)
    sequence = models.BigIntegerField("序号")
    occurred_at = models.DateTimeField("发生时间", db_default=Now())
    state = models.CharField("发送状态", max_length=8, default=PENDING, db_default=PENDING)
    attempts = models.PositiveIntegerField("次数", default=0, db_default=0)
    next_try_at = models.DateTimeField("下次发送", null=True, blank=True, db_default=Now())
    tried_at = models.DateTimeField("最近发送", null=True, blank=True)
    status = models.PositiveIntegerField("回答的状态码", null=True, blank=True)
    excerpt = models.TextField("回答摘要", blank=True, db_default="")
    sent_at = models.DateTimeField("送到时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(
                name="webhooks_delivery_due",
                fields=["endpoint", "next_try_at"],
                condition=Q(state=PENDING),
            ),
            models.Index(
                name="webhooks_delivery_record",
                fields=["endpoint", "kind", "key", "id"],
                condition=Q(state=PENDING),
            ),
            models.Index(name="webhooks_delivery_list", fields=["endpoint", "-id"]),
            models.Index(name="webhooks_delivery_age", fields=["occurred_at"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="webhooks_delivery_once", fields=["endpoint", "event"]),
            models.CheckConstraint(name="webhooks_delivery_state", condition=Q(state__in=DELIVERY_STATES)),
            models.CheckConstraint(
                name="webhooks_delivery_waits",
                condition=Q(state=PENDING, next_try_at__isnull=False)
                | (~Q(state=PENDING) & Q(next_try_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.number} → {self.endpoint_id}"
