"""Rounds of awards (批次), the lists made public, objections to them, and the awards themselves."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.funds.subsidies.models.applications import SHA256, Application
from youju.rules.funds.claims.lifecycle import (
    AWARDED,
    BANK_RETURNED,
    GATHERING,
    OBJECTION_FLOW,
    PAID,
    RECEIVED,
    ROUND_FLOW,
)


class AwardRound(models.Model):
    """A batch of applications under one policy that are listed, made public and decided together. Money in CNY."""

    number = models.CharField("批次编号", max_length=20, unique=True)
    policy_code = models.CharField("政策", max_length=40)
    policy_title = models.CharField("政策名称", max_length=200)
    policy_hash = models.CharField("政策校验值", max_length=64)
    text = models.JSONField("政策文本")
    project = models.CharField("承担项目", max_length=24, blank=True)
    budget = models.DecimalField("本批可用资金", max_digits=16, decimal_places=2)
    state = models.CharField("状态", max_length=12, default=GATHERING)
    version = models.PositiveSmallIntegerField("名单版本", default=0)
    list_hash = models.CharField("名单校验值", max_length=64, blank=True)
    shown_on = models.DateField("公示开始", null=True, blank=True)
    shown_until = models.DateField("公示截止", null=True, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    decided_by = models.CharField("决定人", max_length=64, blank=True)
    decided_name = models.CharField("决定人姓名", max_length=50, blank=True)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="subsidies_round_known", condition=Q(state__in=[s.code for s in ROUND_FLOW.states])
            ),
            models.CheckConstraint(
                name="subsidies_round_shown",
                condition=Q(shown_on=None) | Q(shown_until__gte=F("shown_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RoundLine(models.Model):
    """An application in a round: what was computed and what it gets of the round's budget. Struck lines stay, with the reason."""

    round = models.ForeignKey(AwardRound, on_delete=models.CASCADE, related_name="lines")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="round_lines")
    computed = models.DecimalField("算出", max_digits=16, decimal_places=2)
    amount = models.DecimalField("拟补", max_digits=16, decimal_places=2)
    live = models.BooleanField("在名单内", default=True)
    gone_reason = models.CharField("移出原因", max_length=2000, blank=True)
    added_at = models.DateTimeField("列入时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["round", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="subsidies_listed_once", fields=["application"], condition=Q(live=True)
            ),
            models.CheckConstraint(
                name="subsidies_listed_amount", condition=Q(amount__gte=0, amount__lte=F("computed"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.application_id}"


class ListVersion(models.Model):
    """A list as it was made public, word for word; nothing in it is private, and nobody changes it.

    ``content`` is ``rules.funds.claims.publishing.plain_list``, ``hash`` its sha256.
    """

    round = models.ForeignKey(AwardRound, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField("版本")
    content = models.JSONField("名单")
    hash = models.CharField("校验值", max_length=64)
    shown_on = models.DateField("公示开始")
    shown_until = models.DateField("公示截止")
    provisional = models.BooleanField("放假安排未公布", default=False)
    reason = models.CharField("为何重新公示", max_length=2000, blank=True)
    published_by = models.CharField("公示人", max_length=64, blank=True)
    published_at = models.DateTimeField("公示时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["round", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="subsidies_list_version_once", fields=["round", "version"]),
            models.CheckConstraint(name="subsidies_list_hash", condition=Q(hash__regex=SHA256)),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} v{self.version}"


class Objection(models.Model):
    """What somebody says against a list while it is public. The contact is sealed; ``line`` is the place in the list, 0 for all.

    A stranger may add one and read none: the key is made here, so that nothing has to be read back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("异议编号", max_length=20, unique=True)
    round = models.ForeignKey(AwardRound, on_delete=models.PROTECT, related_name="objections")
    version = models.PositiveSmallIntegerField("名单版本")
    line = models.PositiveIntegerField("名单序号", default=0)
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("提出人", max_length=100)
    contact_sealed = models.TextField("加密的联系方式")
    contact_masked = models.CharField("遮盖后的联系方式", max_length=100)
    text = models.TextField("异议内容")
    state = models.CharField("状态", max_length=12, default=RECEIVED)
    received_at = models.DateTimeField("收到时间")
    reply = models.TextField("答复", blank=True, default="")
    decided_by = models.CharField("处理人", max_length=64, blank=True, default="")
    decided_name = models.CharField("处理人姓名", max_length=50, blank=True, default="")
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-received_at"]
        indexes: ClassVar = [models.Index(name="subsidies_objection_state", fields=["state", "received_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="subsidies_objection_known",
                condition=Q(state__in=[s.code for s in OBJECTION_FLOW.states]),
            ),
            models.CheckConstraint(
                name="subsidies_objection_answered", condition=Q(state=RECEIVED) | ~Q(reply="")
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Award(models.Model):
    """What was decided for an application. ``payment`` is the number of the payment under way or done; one at a time.

    ``belongs_on`` is the last day of the policy's window: the year that the subsidy is for. ``attempt`` counts the accounts that
    were tried: another one is taken only after the bank has sent the money back.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="award")
    round = models.ForeignKey(AwardRound, on_delete=models.PROTECT, related_name="awards")
    amount = models.DecimalField("补贴金额", max_digits=16, decimal_places=2)
    state = models.CharField("状态", max_length=14, default=AWARDED)
    decided_on = models.DateField("决定日期")
    belongs_on = models.DateField("所属期间的最后一天")
    platform = models.BooleanField("平台项目", default=False)
    list_hash = models.CharField("名单校验值", max_length=64)
    attempt = models.PositiveSmallIntegerField("第几次付款", default=1)
    payment = models.CharField("付款编号", max_length=40, blank=True)
    paid_on = models.DateField("付款日期", null=True, blank=True)
    paid_amount = models.DecimalField("已付", max_digits=16, decimal_places=2, default=0)
    bank_reason = models.CharField("银行退回原因", max_length=500, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["round", "pk"]
        indexes: ClassVar = [models.Index(name="subsidies_award_day", fields=["belongs_on"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="subsidies_award_known", condition=Q(state__in=[AWARDED, PAID, BANK_RETURNED])
            ),
            models.CheckConstraint(name="subsidies_award_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="subsidies_award_paid",
                condition=Q(state=PAID, paid_amount=F("amount")) & ~Q(paid_on=None)
                | ~Q(state=PAID) & Q(paid_amount=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.amount}"
