"""Versions of subsidy policies, and back-tests of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.funds.subsidies.policy_lifecycle import DRAFT, IN_FORCE, OPEN, POLICY_FLOW


class Policy(models.Model):
    """One version of a policy (补贴政策). ``text`` is its plain data (``rules.funds.subsidies.writing``), which decides.

    A draft's text may be unfinished; from submitting on it is readable, and ``title``, ``project``, days and ``budget`` say what
    stands in it, for lists. Money is CNY. ``sha256`` is of the text in its canonical form. Of a code one version is on its way at
    most, one in force at most.
    """

    code = models.CharField("编号", max_length=40)
    number = models.PositiveIntegerField("版本")
    state = models.CharField("状态", max_length=12, default=DRAFT)
    revision = models.PositiveIntegerField("修订次数", default=0)
    title = models.CharField("名称", max_length=200, blank=True)
    project = models.CharField("承担项目", max_length=40, blank=True)
    window_from = models.DateField("补贴期间起", null=True, blank=True)
    window_to = models.DateField("补贴期间止（不含）", null=True, blank=True)
    filing_from = models.DateField("申报期起", null=True, blank=True)
    filing_to = models.DateField("申报期止（不含）", null=True, blank=True)
    budget = models.DecimalField("资金总额", max_digits=16, decimal_places=2, null=True, blank=True)
    text = models.JSONField("条文", default=dict)
    sha256 = models.CharField("校验值", max_length=64)
    made_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="起草所依据的版本",
    )
    created_by = models.CharField("起草人", max_length=64, blank=True)
    created_at = models.DateTimeField("起草时间", db_default=Now())
    changed_at = models.DateTimeField("修改时间", db_default=Now())
    in_force_at = models.DateTimeField("生效时间", null=True, blank=True)
    ended_at = models.DateTimeField("终止时间", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["code", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="subsidies_policy_once", fields=["code", "number"]),
            models.UniqueConstraint(
                name="subsidies_policy_one_open", fields=["code"], condition=Q(state__in=OPEN)
            ),
            models.UniqueConstraint(
                name="subsidies_policy_one_in_force", fields=["code"], condition=Q(state=IN_FORCE)
            ),
            models.CheckConstraint(
                name="subsidies_policy_state_known",
                condition=Q(state__in=[state.code for state in POLICY_FLOW.states]),
            ),
            models.CheckConstraint(
                name="subsidies_policy_whole",
                condition=Q(state__in=[DRAFT, "dropped"])
                | Q(window_from__isnull=False, window_to__isnull=False, budget__gt=0),
            ),
            models.CheckConstraint(
                name="subsidies_policy_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.code} 第 {self.number} 版"


class BackTest(models.Model):
    """A back-test (回测) of a text as it stood, on a year; ``result`` is what ``metrics.backtest_report`` gave."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "计算中"
        DONE = "done", "完成"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="back_tests")
    year = models.PositiveSmallIntegerField("年度")
    revision = models.PositiveIntegerField("所测的修订")
    text = models.JSONField("所测的条文")
    against = models.ForeignKey(
        Policy, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对比的版本"
    )
    against_text = models.JSONField("对比的条文", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    run = models.UUIDField("任务", null=True, blank=True)
    result = models.JSONField("结果", default=dict)
    parties = models.PositiveIntegerField("得到补贴的户数", null=True, blank=True)
    asked = models.DecimalField("应补（元）", max_digits=18, decimal_places=2, null=True, blank=True)
    granted = models.DecimalField("预算内（元）", max_digits=18, decimal_places=2, null=True, blank=True)
    runs_out = models.DateField("预算用完之日", null=True, blank=True)
    policy_hash = models.CharField("政策校验值", max_length=64)
    requested_by = models.CharField("申请人", max_length=64)
    requested_at = models.DateTimeField("申请时间", db_default=Now())
    done_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-requested_at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="subsidies_backtest_policy", fields=["policy", "-requested_at"])
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="subsidies_backtest_done", condition=~Q(state="done") | Q(asked__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.year}"
