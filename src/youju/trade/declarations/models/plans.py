"""How the lines of a packing are cut into declarations: the planner's answer, and what an officer made of it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

SHA256 = r"^[0-9a-f]{64}$"


class Plan(models.Model):
    """A plan for one packing. ``groups``: order numbers by declaration, as planned or as moved; ``proof`` is the planner's.

    ``state``: ``planning`` (a job works), ``proposed``, ``accepted`` (declarations were made of it), ``dropped``. ``proof`` also
    keeps ``basis``, the revision of the packing: a plan is stale once that changed. ``as_of`` is the day of declaring.
    """

    packing = models.ForeignKey(
        "packing.Packing", on_delete=models.PROTECT, related_name="+", verbose_name="装箱单"
    )
    broker = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="报关行",
    )
    state = models.CharField("状态", max_length=12, default="planning")
    revision = models.PositiveIntegerField("修订次数", default=0)
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    as_of = models.DateField("依据之日")
    policy_hash = models.CharField("政策校验值", max_length=64)
    groups = models.JSONField("分组", default=list)
    refused = models.JSONField("不能申报的交易单", default=list)
    proof = models.JSONField("证明", default=dict)
    moved = models.JSONField("人工调整", default=list)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    accepted_by = models.CharField("采用人", max_length=64, blank=True)
    accepted_at = models.DateTimeField("采用时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="declarations_plan_state",
                condition=Q(state__in=["planning", "proposed", "accepted", "dropped"]),
            ),
            models.CheckConstraint(name="declarations_plan_hash", condition=Q(policy_hash__regex=SHA256)),
            models.UniqueConstraint(
                name="declarations_one_open_plan",
                fields=["packing"],
                condition=Q(state__in=["planning", "proposed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.packing_id} {self.state}"
