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

    The names are kept as the text has them: neither side may read the other's file, and a join over ``Party`` would hide
    the row. ``text`` is the wording to be signed and ``text_hash`` its sha256; both are written anew whenever the terms change.
    Who signed stands here for lists; the signatures themselves, void ones included, are rows of ``Signature``.
    """

    number = models.CharField("协议编号", max_length=32, unique=True)
    principal = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agreements_given")
    agent = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agreements_held")
    principal_name = models.CharField("委托方名称", max_length=100, blank=True, db_default="")
    agent_name = models.CharField("受托方名称", max_length=100, blank=True, db_default="")
    state = models.CharField("状态", max_length=12, default=DRAFT)
    revision = models.PositiveIntegerField("修订次数", default=0)
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("到期日期")
    terms = models.JSONField("约定", default=dict)
    text = models.TextField("文本", blank=True, db_default="")
    text_hash = models.CharField("文本校验值", max_length=64, blank=True)
    drafted_by_side = models.CharField("拟订方", max_length=12, default="principal", db_default="principal")
    reminded_on = models.DateField("到期提醒日期", null=True, blank=True)
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
            models.CheckConstraint(
                name="parties_agreement_side", condition=Q(drafted_by_side__in=["principal", "agent"])
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Signature(models.Model):
    """One signature: who signed for which side, when, from where, and the hash of the text that was signed.

    A changed text makes it void: ``voided_at`` says when, and the row stays. Nothing else of it ever changes.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField("签署方", max_length=12)
    party_name = models.CharField("签署方名称", max_length=100)
    username = models.CharField("签署人", max_length=64)
    display_name = models.CharField("签署人姓名", max_length=50)
    address = models.CharField("网络地址", max_length=64, blank=True)
    text_hash = models.CharField("所签文本校验值", max_length=64)
    signed_at = models.DateTimeField("签署时间")
    voided_at = models.DateTimeField("失效时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["signed_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="parties_signed_once", fields=["agreement", "side"], condition=Q(voided_at=None)
            ),
            models.CheckConstraint(
                name="parties_signature_side", condition=Q(side__in=["principal", "agent"])
            ),
            models.CheckConstraint(
                name="parties_signature_hash", condition=Q(text_hash__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.side} {self.username}"


class AgreementSeries(models.Model):
    """The last number given in a year; a row is locked while the next one is taken, so that none is left out."""

    year = models.PositiveSmallIntegerField("年份", primary_key=True)
    last = models.PositiveIntegerField("最后一个序号", default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.year} {self.last}"
