"""What people sign for a row: a statement where nothing can be computed, an adjustment of what was computed."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.performance.measures.models.bindings import RowName
from youju.rules.performance.measures.lifecycle import IN_FORCE, SIGNED_STATES
from youju.rules.performance.measures.tiers import LABELS

MOST = 30


def _constraints(name: str) -> list[models.BaseConstraint]:
    """What holds of everything that is signed: evidence, a number or a tier, two persons."""
    return [
        models.CheckConstraint(name=f"measures_{name}_state", condition=Q(state__in=list(SIGNED_STATES))),
        models.CheckConstraint(name=f"measures_{name}_evidence", condition=Q(evidence__len__gt=0)),
        models.CheckConstraint(
            name=f"measures_{name}_says_one_thing",
            condition=Q(value__isnull=False, tier="", tier_rate__isnull=True)
            | Q(value__isnull=True, tier__in=list(LABELS), tier_rate__gte=0, tier_rate__lte=100),
        ),
        models.CheckConstraint(
            name=f"measures_{name}_countersigned",
            condition=~Q(state=IN_FORCE) | (~Q(countersigned_by="") & Q(countersigned_at__isnull=False)),
        ),
        models.CheckConstraint(
            name=f"measures_{name}_two_persons",
            condition=Q(countersigned_by="") | ~Q(countersigned_by=F("signed_by")),
        ),
        models.CheckConstraint(name=f"measures_{name}_signer", condition=~Q(signed_by="")),
    ]


class Signed(RowName):
    """A value that people sign for: a number in the target's unit, or a tier with its rate in per cent.

    ``until`` is the last day it speaks of. ``evidence`` names the files that were attached when it was signed; they never change.
    In force once another person has countersigned it.
    """

    until = models.DateField("截至")
    value = models.DecimalField("数值", max_digits=30, decimal_places=6, null=True, blank=True)
    tier = models.CharField("分档", max_length=10, blank=True)
    tier_rate = models.DecimalField("得分率（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    text = models.TextField("理由或情况")
    evidence = ArrayField(models.CharField(max_length=255), verbose_name="证据", default=list)
    state = models.CharField("状态", max_length=14)
    signed_by = models.CharField("签署人", max_length=64)
    signed_name = models.CharField("签署人姓名", max_length=100)
    signed_at = models.DateTimeField("签署时间", db_default=Now())
    countersigned_by = models.CharField("复签人", max_length=64, blank=True)
    countersigned_name = models.CharField("复签人姓名", max_length=100, blank=True)
    countersigned_at = models.DateTimeField("复签时间", null=True, blank=True)
    ended_why = models.CharField("退回或撤回的理由", max_length=500, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        abstract = True


class Attestation(Signed):
    """A signed statement (情况说明) for a row that no metric measures."""

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="measures_attestation_of", fields=["unit_key", "fiscal_year", "project"])
        ]
        constraints: ClassVar = _constraints("attestation")

    def __str__(self) -> str:
        return f"情况说明 {self.project} 第 {self.row} 行 {self.level3}"


class Adjustment(Signed):
    """An attested adjustment (数值调整): the record's value is not the year's, and why; ``computed`` is the record's."""

    computed = models.DecimalField("计算的值", max_digits=30, decimal_places=6, null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="measures_adjustment_of", fields=["unit_key", "fiscal_year", "project"])
        ]
        constraints: ClassVar = [
            *_constraints("adjustment"),
            models.UniqueConstraint(
                name="measures_one_adjustment",
                fields=["unit_key", "fiscal_year", "project", "row", "name_hash", "until"],
                condition=Q(state=IN_FORCE),
            ),
        ]

    def __str__(self) -> str:
        return f"数值调整 {self.project} 第 {self.row} 行 {self.level3}"
