"""Monthly snapshots and the scores in them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

SHA256 = r"^[0-9a-f]{64}$"


class Snapshot(models.Model):
    """All scores of a month (信用得分快照), as known on its last day.

    ``policy`` is the credit policy as JSON in its own order (``rules.trade.credit.policy``),
    ``policy_hash`` its SHA-256: what scored can be
    read and used again years later. ``law_hash`` names all policy files of that moment.
    """

    month = models.DateField("月份", unique=True)
    day = models.DateField("截止日")
    policy = models.TextField("评价办法")
    policy_hash = models.CharField("评价办法校验值", max_length=64)
    law_hash = models.CharField("政策校验值", max_length=64)
    parties = models.PositiveIntegerField("主体数")
    grades = models.JSONField("各等级户数", default=dict)
    made_by = models.CharField("办理人", max_length=64, blank=True)
    made_at = models.DateTimeField("生成时间")
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-month"]
        constraints: ClassVar = [
            models.CheckConstraint(name="credit_snapshot_hash", condition=Q(policy_hash__regex=SHA256)),
            models.CheckConstraint(name="credit_snapshot_first", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Score(models.Model):
    """One party's score in a snapshot, points 0…``most`` with a hundredth exact.

    ``items``: code, title, most, points, sentence, marks of the records that speak against it and for it. ``evidence``: those
    records as they were told, each with its SHA-256; ``digest`` is over all of them. ``aside``: marks set aside by then.
    A decision makes a further ``revision``; ``current`` is the one that counts, the older ones stay.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="scores")
    party = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="主体", db_index=False
    )
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账号单位"
    )  # fmt: skip
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    name = models.CharField("名称", max_length=100)
    number = models.CharField("备案号", max_length=20, blank=True)
    revision = models.PositiveSmallIntegerField("第几次评分", default=0)
    current = models.BooleanField("现行", default=True)
    total = models.DecimalField("得分", max_digits=7, decimal_places=2)
    most = models.DecimalField("满分", max_digits=7, decimal_places=2)
    grade = models.CharField("等级", max_length=4)
    ceiling = models.CharField("等级上限的原因", max_length=200, blank=True)
    items = models.JSONField("各项得分")
    evidence = models.JSONField("计分的记录")
    digest = models.CharField("记录校验值", max_length=64)
    aside = ArrayField(models.CharField(max_length=120), verbose_name="不计的记录", default=list)
    scored_at = models.DateTimeField("评分时间")
    why = models.CharField("重新评分的原因", max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-total", "pk"]
        indexes: ClassVar = [
            models.Index(name="credit_score_list", fields=["snapshot", "-total", "id"], condition=Q(current=True)),
            models.Index(name="credit_score_grade", fields=["snapshot", "grade"], condition=Q(current=True)),
            models.Index(name="credit_score_party", fields=["party", "-id"]),
        ]  # fmt: skip
        constraints: ClassVar = [
            models.UniqueConstraint(name="credit_score_revision", fields=["snapshot", "party", "revision"]),
            models.UniqueConstraint(
                name="credit_score_current", fields=["snapshot", "party"], condition=Q(current=True)
            ),
            models.CheckConstraint(
                name="credit_score_within", condition=Q(total__gte=0, total__lte=models.F("most"))
            ),
            models.CheckConstraint(name="credit_score_digest", condition=Q(digest__regex=SHA256)),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.total}"
