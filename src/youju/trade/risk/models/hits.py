"""Hits of the risk rules."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.trade.risk.lifecycle import CONCLUSIONS, FOUND, STATES


class Hit(models.Model):
    """What a rule RSK-… found about one subject in one period: found once, however often it is looked at.

    ``subject`` names the thing (``order:T…/3``, ``packing:X…``, ``party:7+9/phone``); ``places`` are the records that the
    evidence names, to find a record's hits by. ``figures`` are the facts that the rule looked at, ``evidence`` the rows behind.
    ``organisations`` are the party's people, who see the hit once it is opened to them (``opened_at``); row-level security reads
    both. ``as_of``, ``policy_hash`` and ``peers`` say what it was judged by.
    """

    rule = models.CharField("规则", max_length=7)
    subject = models.CharField("对象", max_length=160)
    period = models.CharField("期间", max_length=30, blank=True)
    day = models.DateField("业务日期")
    party = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="主体",
    )
    organisations = ArrayField(models.BigIntegerField(), verbose_name="主体的单位", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    message = models.CharField("情况", max_length=600)
    suggestion = models.CharField("建议", max_length=400)
    figures = models.JSONField("判断的数", default=dict)
    evidence = models.JSONField("证据行", default=list)
    places = ArrayField(models.CharField(max_length=60), verbose_name="涉及的单证", default=list)
    stake = models.DecimalField("涉及金额（美元）", max_digits=16, decimal_places=2, default=0)
    points = models.PositiveSmallIntegerField("风险分", default=0)
    state = models.CharField("状态", max_length=10, default=FOUND)
    revision = models.PositiveIntegerField("修订次数", default=0)
    assigned_to = models.CharField("承办人", max_length=64, blank=True)
    opened_at = models.DateTimeField("向主体公开时间", null=True, blank=True)
    explanation = models.TextField("主体的说明", blank=True)
    conclusion = models.CharField("结论", max_length=12, blank=True)
    grounds = models.TextField("结论的依据", blank=True)
    disposed_by = models.CharField("处置人", max_length=64, blank=True)
    disposed_at = models.DateTimeField("处置时间", null=True, blank=True)
    appeal = models.TextField("申诉理由", blank=True)
    appealed_at = models.DateTimeField("申诉时间", null=True, blank=True)
    decision = models.TextField("申诉答复", blank=True)
    as_of = models.DateField("判断之日")
    policy_hash = models.CharField("政策校验值", max_length=64)
    peers = models.ForeignKey(
        "risk.PeerVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    scan = models.ForeignKey("risk.Scan", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    found_at = models.DateTimeField("发现时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="risk_hit_state", fields=["state", "-id"]),
            models.Index(name="risk_hit_rule", fields=["rule", "-id"]),
            models.Index(name="risk_hit_party", fields=["party", "-day"]),
            models.Index(name="risk_hit_day", fields=["-day", "-id"]),
            models.Index(name="risk_hit_assigned", fields=["assigned_to"], condition=~Q(assigned_to="")),
            models.Index(name="risk_hit_opened", fields=["opened_at"], condition=~Q(opened_at=None)),
            GinIndex(name="risk_hit_places", fields=["places"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="risk_hit_once", fields=["rule", "subject", "period"]),
            models.CheckConstraint(name="risk_hit_state_known", condition=Q(state__in=list(STATES))),
            models.CheckConstraint(
                name="risk_hit_conclusion_known", condition=Q(conclusion__in=["", *CONCLUSIONS])
            ),
            models.CheckConstraint(
                name="risk_hit_concluded",
                condition=~Q(state__in=["disposed", "appealed", "closed"])
                | (~Q(conclusion="") & ~Q(disposed_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}"
