"""The agreement by which a merchant entrusts an agent with exports (委托代理出口货物协议)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.trade.parties.lifecycle import AGREEMENT_FLOW, DRAFT
from youju.trade.parties.models.filings import Party


class Agreement(models.Model):
    """Principal (委托方) and agent (受托方), in force from a day to a day once both have signed.

    A signature is who signed, when, from where, and the hash of the text that was signed.
    """

    number = models.CharField("协议编号", max_length=32, unique=True)
    principal = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agreements_given")
    agent = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agreements_held")
    state = models.CharField("状态", max_length=12, default=DRAFT)
    revision = models.PositiveIntegerField("修订次数", default=0)
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("到期日期")
    terms = models.JSONField("约定", default=dict)
    text_hash = models.CharField("文本校验值", max_length=64, blank=True)
    principal_signed_by = models.CharField("委托方签署人", max_length=64, blank=True)
    principal_signed_at = models.DateTimeField("委托方签署时间", null=True, blank=True)
    agent_signed_by = models.CharField("受托方签署人", max_length=64, blank=True)
    agent_signed_at = models.DateTimeField("受托方签署时间", null=True, blank=True)
    ended_on = models.DateField("终止日期", null=True, blank=True)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [
            models.Index(name="parties_agreement_agent", fields=["agent", "state", "valid_to"]),
            models.Index(name="parties_agreement_principal", fields=["principal", "state"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="parties_agreement_of_two", condition=~Q(principal=F("agent"))),
            models.CheckConstraint(
                name="parties_agreement_range", condition=Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="parties_agreement_state", condition=Q(state__in=[s.code for s in AGREEMENT_FLOW.states])
            ),
        ]

    def __str__(self) -> str:
        return self.number
