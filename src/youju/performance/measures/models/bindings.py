"""What each indicator row is measured by. Every binding stays; a new one takes the place of the one in force."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.performance.measures.lifecycle import APPROVED, BASES, CONFIRMED, OPEN, STATES


class RowName(models.Model):
    """Which row of which document: it survives the document's versions by its project and its levels.

    ``row`` is its 1-based place in the project's table when this was written; ``name_hash`` covers its three levels.
    """

    unit_key = models.CharField("单位", max_length=200)
    fiscal_year = models.PositiveSmallIntegerField("预算年度")
    project = models.CharField("项目编码", max_length=64)
    row = models.PositiveSmallIntegerField("行号")
    level3 = models.TextField("三级指标", blank=True)
    name_hash = models.CharField("行校验值", max_length=16)

    class Meta:
        abstract = True


class Binding(RowName):
    """A row bound to metrics of the catalogue with parameters, or to signed statements.

    ``metric`` is a code, or several joined by `` + `` whose values add up; ``parameters`` go to each that knows them.
    ``reading`` says how a value becomes a tier where the target is no number (a key of ``performance.measures.tiers``).
    Confirmed by one person and approved by another, or it does not count.
    """

    basis = models.CharField("依据", max_length=10)
    metric = models.CharField("指标编码", max_length=200, blank=True)
    parameters = models.JSONField("参数", default=dict, blank=True)
    reading = models.CharField("分档办法", max_length=20, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    version = models.PositiveIntegerField("版本")
    state = models.CharField("状态", max_length=10)
    confirmed_by = models.CharField("确认人", max_length=64, blank=True)
    confirmed_name = models.CharField("确认人姓名", max_length=100, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    approved_by = models.CharField("批准人", max_length=64, blank=True)
    approved_name = models.CharField("批准人姓名", max_length=100, blank=True)
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    refused_why = models.CharField("退回理由", max_length=500, blank=True)
    created_by = models.CharField("起草人", max_length=64)
    created_at = models.DateTimeField("起草时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-fiscal_year", "unit_key", "project", "row", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="measures_binding_version",
                fields=["unit_key", "fiscal_year", "project", "row", "name_hash", "version"],
            ),
            models.UniqueConstraint(
                name="measures_one_binding",
                fields=["unit_key", "fiscal_year", "project", "row", "name_hash"],
                condition=Q(state=APPROVED),
            ),
            models.UniqueConstraint(
                name="measures_one_open_binding",
                fields=["unit_key", "fiscal_year", "project", "row", "name_hash"],
                condition=Q(state__in=OPEN),
            ),
            models.CheckConstraint(name="measures_binding_state", condition=Q(state__in=list(STATES))),
            models.CheckConstraint(
                name="measures_binding_basis",
                condition=(Q(basis="computed") & ~Q(metric="")) | Q(basis="attested", metric=""),
            ),
            models.CheckConstraint(name="measures_binding_bases", condition=Q(basis__in=list(BASES))),
            models.CheckConstraint(
                name="measures_binding_confirmed",
                condition=~Q(state__in=[CONFIRMED, APPROVED])
                | (~Q(confirmed_by="") & Q(confirmed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="measures_binding_approved",
                condition=~Q(state=APPROVED) | (~Q(approved_by="") & Q(approved_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="measures_binding_two_persons",
                condition=Q(approved_by="") | ~Q(approved_by=F("confirmed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} 第 {self.row} 行 {self.level3}"
