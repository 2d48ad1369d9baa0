"""Publicity lists, certificates, trials of another policy."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.trade.credit.lifecycle import DRAFT, ENDED, LIST_STATES, SHOWN
from youju.trade.credit.models.scores import SHA256, Score, Snapshot


class PublicList(models.Model):
    """A list of parties by grade that anybody may read (信用公示名单).

    ``lines`` are frozen when it is shown: name as it may be read, credit code of enterprises, grade, party; ``hash`` is over
    them.
    """

    number = models.CharField("编号", max_length=20, unique=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="lists")
    grades = ArrayField(models.CharField(max_length=4), verbose_name="等级")
    state = models.CharField("状态", max_length=8, default=DRAFT)
    lines = models.JSONField("名单", default=list)
    hash = models.CharField("校验值", max_length=64, blank=True)
    made_by = models.CharField("拟定人", max_length=64)
    made_at = models.DateTimeField("拟定时间", db_default=Now())
    shown_by = models.CharField("公示人", max_length=64, blank=True)
    shown_on = models.DateField("公示开始", null=True, blank=True)
    shown_until = models.DateField("公示截止", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(name="credit_list_state", fields=["state", "-id"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="credit_list_known", condition=Q(state__in=list(LIST_STATES))),
            models.CheckConstraint(
                name="credit_list_shown",
                condition=~Q(state__in=[SHOWN, ENDED])
                | Q(shown_on__isnull=False, shown_until__gte=F("shown_on"), hash__regex=SHA256),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Certificate(models.Model):
    """A certificate of a score (信用证明): ``code`` cannot be guessed and leads a stranger to the check page."""

    code = models.CharField("核对码", max_length=32, unique=True)
    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="certificates")
    party = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="主体"
    )
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账号单位"
    )  # fmt: skip
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    issued_by = models.CharField("出具人", max_length=64)
    issued_on = models.DateField("出具日期")
    valid_until = models.DateField("有效期至")
    revoked_on = models.DateField("作废日期", null=True, blank=True)
    document = models.UUIDField("文书", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="credit_certificate_days", condition=Q(valid_until__gte=F("issued_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.issued_on}"


class Trial(models.Model):
    """A policy tried on all parties before it is issued (政策试算). ``before`` and ``after``: grade → parties."""

    title = models.CharField("名称", max_length=100)
    day = models.DateField("截止日")
    policy = models.TextField("试算的办法")
    policy_hash = models.CharField("校验值", max_length=64)
    done = models.BooleanField("已算完", default=False)
    parties = models.PositiveIntegerField("主体数", default=0)
    moved = models.PositiveIntegerField("等级变化的户数", default=0)
    before = models.JSONField("现行等级分布", default=dict)
    after = models.JSONField("试算等级分布", default=dict)
    notes = models.JSONField("提示", default=list)
    made_by = models.CharField("试算人", max_length=64)
    made_at = models.DateTimeField("试算时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title


class TrialMove(models.Model):
    """A party whose points or grade a trial changes."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="moves", db_index=False)
    party = models.ForeignKey(
        "parties.Party", on_delete=models.CASCADE, related_name="+", verbose_name="主体"
    )
    name = models.CharField("名称", max_length=100)
    number = models.CharField("备案号", max_length=20, blank=True)
    total_before = models.DecimalField("现行得分", max_digits=7, decimal_places=2)
    total_after = models.DecimalField("试算得分", max_digits=7, decimal_places=2)
    change = models.DecimalField("变化", max_digits=7, decimal_places=2)
    grade_before = models.CharField("现行等级", max_length=4)
    grade_after = models.CharField("试算等级", max_length=4)
    moved = models.BooleanField("等级变化")

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["change", "pk"]
        indexes: ClassVar = [models.Index(name="credit_move_list", fields=["trial", "change", "id"])]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.party_id}"
