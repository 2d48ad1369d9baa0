"""Decisions of recognition (商品认定), kept so that they can be replayed, and campaigns that ask anew."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.trade.goods.lifecycle import ACCEPTED, REJECTED, RULES, WAITS
from youju.trade.goods.models.catalogue import Good
from youju.trade.goods.models.tariffs import TariffVersion

SHA256 = r"^[0-9a-f]{64}$"


class Decision(models.Model):
    """What the rules said of a good on a day: facts as they stood, law by hash, findings, outcome. Never changed (a trigger).

    ``outcome``: ``recognised``, ``refused`` (a hard finding) or ``explain`` (soft findings want an explanation). ``step`` is
    what people did on top of it (``rules.trade.goods.lifecycle``), so that the outcome itself can be replayed.
    """

    good = models.ForeignKey(Good, on_delete=models.CASCADE, related_name="decisions")
    good_revision = models.PositiveIntegerField("商品修订")
    as_of = models.DateField("依据之日")
    policy_hash = models.CharField("政策校验值", max_length=64)
    tariff = models.ForeignKey(TariffVersion, on_delete=models.PROTECT, null=True, related_name="+")
    facts = models.JSONField("事实")
    rule_ids = ArrayField(models.CharField(max_length=12), verbose_name="触发的规则", default=list)
    findings = models.JSONField("意见", default=list)
    outcome = models.CharField("结论", max_length=12)
    step = models.CharField("办理", max_length=8, default=RULES)
    explanation = models.TextField("说明", blank=True)
    explained_by = models.CharField("说明人", max_length=64, blank=True)
    comment = models.TextField("办理意见", blank=True)
    decided_by = models.CharField("办理人", max_length=64, blank=True)
    decided_at = models.DateTimeField("认定时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-decided_at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="goods_decision_latest", fields=["good", "-decided_at"]),
            models.Index(name="goods_decision_waits", fields=["good"], condition=Q(step=WAITS)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="goods_decision_step", condition=Q(step__in=[RULES, WAITS, ACCEPTED, REJECTED])
            ),
            models.CheckConstraint(
                name="goods_decision_outcome", condition=Q(outcome__in=["recognised", "refused", "explain"])
            ),
            models.CheckConstraint(name="goods_decision_hash", condition=Q(policy_hash__regex=SHA256)),
        ]

    def __str__(self) -> str:
        return f"{self.good_id} {self.as_of} {self.outcome}"


class Campaign(models.Model):
    """A change of the law: whom it touches, listed first, decided anew after somebody has said yes.

    ``trial``: the change is a proposal that an officer tries on all goods; nothing is ever decided by it.
    """

    title = models.CharField("名称", max_length=100)
    trial = models.BooleanField("试算", default=False)
    state = models.CharField("状态", max_length=12, default="listing")
    as_of = models.DateField("依据之日")
    policy_hash = models.CharField("政策校验值", max_length=64, blank=True)
    overrides = models.JSONField("试改的取值", default=dict, blank=True)
    tariff = models.ForeignKey(
        TariffVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    looked_at = models.PositiveIntegerField("查看的商品数", default=0)
    touched = models.PositiveIntegerField("受影响的商品数", default=0)
    reason = models.TextField("理由", blank=True)
    created_by = models.CharField("发起人", max_length=64, blank=True)
    created_at = models.DateTimeField("发起时间", db_default=Now())
    confirmed_by = models.CharField("确认人", max_length=64, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="goods_campaign_state",
                condition=Q(state__in=["listing", "listed", "deciding", "done", "dropped", "failed"]),
            )
        ]

    def __str__(self) -> str:
        return self.title


class CampaignGood(models.Model):
    """A good whose outcome a campaign would change: before and after.

    ``result``: empty while it waits; ``decided``; ``changed`` (the good was changed or decided since it was listed) or
    ``differs`` (decided anew it would end otherwise than listed): neither is touched.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="goods")
    good = models.ForeignKey(Good, on_delete=models.CASCADE, related_name="+")
    good_revision = models.PositiveIntegerField("商品修订")
    before = models.CharField("原结论", max_length=12)
    after = models.CharField("新结论", max_length=12)
    rule_ids = ArrayField(models.CharField(max_length=12), verbose_name="触发的规则", default=list)
    result = models.CharField("办理结果", max_length=8, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["good"]
        indexes: ClassVar = [
            models.Index(name="goods_campaign_open", fields=["campaign", "good"], condition=Q(result=""))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="goods_campaign_good_once", fields=["campaign", "good"])
        ]

    def __str__(self) -> str:
        return f"{self.good_id} {self.before} → {self.after}"
