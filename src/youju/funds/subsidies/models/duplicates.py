"""The duplicate proof: claims as they were compared, the keys under which others like them are found, and the hits."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.funds.subsidies.models.applications import SHA256, Application


class ComparedClaim(models.Model):
    """An application as the duplicate proof sees it: ``facts`` is ``rules.funds.duplicates.facts.Claim`` as plain data.

    ``who`` is the credit code, else the filing. ``live``: it is under way or decided; one that was withdrawn or refused claims
    nothing. Nothing here is a number that a person keeps to itself: those stand as fingerprints.
    """

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="+")
    number = models.CharField("申请编号", max_length=20, unique=True)
    who = models.CharField("主体", max_length=40)
    name = models.CharField("申请人名称", max_length=100)
    policy_title = models.CharField("政策名称", max_length=200)
    period = models.CharField("期间", max_length=40)
    amount = models.DecimalField("算出的补贴", max_digits=16, decimal_places=2, default=0)
    facts = models.JSONField("比对的内容")
    live = models.BooleanField("在办或已决定", default=True)
    compared_at = models.DateTimeField("比对时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.number


class ClaimKey(models.Model):
    """A normalised key of a claim: two claims are compared only where they share one."""

    claim = models.ForeignKey(ComparedClaim, on_delete=models.CASCADE, related_name="keys", db_index=False)
    kind = models.CharField("种类", max_length=16)
    value = models.CharField("内容", max_length=250)

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [models.Index(name="subsidies_claimkey_value", fields=["kind", "value", "claim"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="subsidies_claimkey_once", fields=["claim", "kind", "value"])
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class DuplicateHit(models.Model):
    """Two claims to be looked at, with every reason, and what people decided.

    ``first`` was compared before ``second``. ``reasons`` are ``rules.funds.duplicates.judging.Reason`` as plain data; ``weight``
    in tenths of a bit. To clear hard evidence takes two people: ``proposed_by`` and ``decided_by``. ``against`` says which of the
    two gets nothing where the duplicate is confirmed.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", "待核对"
        PROPOSED = "proposed", "拟排除，待复核"
        CONFIRMED = "confirmed", "确认重复"
        CLEARED = "cleared", "不是重复"
        GONE = "gone", "已不再相似"

    class Against(models.TextChoices):
        """Who gets nothing."""

        FIRST = "first", "先申请的一份"
        SECOND = "second", "后申请的一份"
        BOTH = "both", "两份都"

    first = models.ForeignKey(ComparedClaim, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(ComparedClaim, on_delete=models.CASCADE, related_name="+")
    hard = models.BooleanField("硬证据")
    weight = models.IntegerField("分数")
    rules = ArrayField(models.CharField(max_length=7), verbose_name="规则")
    reasons = models.JSONField("理由")
    state = models.CharField("判断", max_length=9, choices=State, default=State.OPEN)
    against = models.CharField("不予补助的", max_length=6, choices=Against, blank=True)
    why = models.CharField("判断的理由", max_length=500, blank=True)
    proposed_by = models.CharField("提出排除的人", max_length=64, blank=True)
    decided_by = models.CharField("判断人", max_length=64, blank=True)
    decided_at = models.DateTimeField("判断时间", null=True, blank=True)
    as_of = models.DateField("依据之日")
    policy_hash = models.CharField("政策校验值", max_length=64)
    found_at = models.DateTimeField("发现时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-hard", "-weight", "-pk"]
        indexes: ClassVar = [
            models.Index(name="subsidies_hit_second", fields=["second", "state"]),
            models.Index(name="subsidies_hit_state", fields=["state", "-hard", "-weight"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="subsidies_hit_once", fields=["first", "second"]),
            models.CheckConstraint(name="subsidies_hit_order", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(name="subsidies_hit_hash", condition=Q(policy_hash__regex=SHA256)),
            models.CheckConstraint(
                name="subsidies_hit_decided",
                condition=Q(state__in=["open", "gone"], decided_at=None)
                | Q(state="proposed", decided_at=None) & ~Q(proposed_by="") & ~Q(why="")
                | Q(state__in=["confirmed", "cleared"])
                & ~Q(decided_at=None)
                & ~Q(decided_by="")
                & ~Q(why=""),
            ),
            models.CheckConstraint(
                name="subsidies_hit_two_people",
                condition=Q(hard=False)
                | ~Q(state="cleared")
                | (~Q(proposed_by="") & ~Q(proposed_by=F("decided_by"))),
            ),
            models.CheckConstraint(
                name="subsidies_hit_against", condition=~Q(state="confirmed") | ~Q(against="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.second_id}"
