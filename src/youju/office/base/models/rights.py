"""Patents, brands and standards of the base's trade."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from youju.office.base.models.records import Record
from youju.rules.office.base.kinds import BRANDS, KIND_NAMES, PATENTS, STANDARDS


class Patent(Record):
    """A patent, applied for and perhaps granted."""

    applied_on = models.DateField("申请日期")
    granted_on = models.DateField("授权日期", null=True, blank=True)

    class Meta(Record.Meta):
        ordering: ClassVar = ["-applied_on", "pk"]
        indexes: ClassVar = [models.Index(name="base_patent_latest", fields=["-applied_on", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="base_patent_kind", condition=Q(kind__in=list(KIND_NAMES[PATENTS]))),
            models.CheckConstraint(
                name="base_patent_days", condition=Q(granted_on=None) | Q(granted_on__gte=F("applied_on"))
            ),
        ]


class Brand(Record):
    """A trademark and the title that it holds."""

    registered_on = models.DateField("注册日期")
    valid_to = models.DateField("有效期至", null=True, blank=True)
    recognised_by = models.CharField("认定机关", max_length=100, blank=True)

    class Meta(Record.Meta):
        ordering: ClassVar = ["-registered_on", "pk"]
        indexes: ClassVar = [models.Index(name="base_brand_latest", fields=["-registered_on", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="base_brand_kind", condition=Q(kind__in=list(KIND_NAMES[BRANDS]))),
            models.CheckConstraint(
                name="base_brand_days", condition=Q(valid_to=None) | Q(valid_to__gte=F("registered_on"))
            ),
        ]


class Standard(Record):
    """A standard that the base drew up or helped to."""

    published_on = models.DateField("发布日期")
    effective_on = models.DateField("实施日期", null=True, blank=True)
    abolished_on = models.DateField("废止日期", null=True, blank=True)

    class Meta(Record.Meta):
        ordering: ClassVar = ["-published_on", "pk"]
        indexes: ClassVar = [models.Index(name="base_standard_latest", fields=["-published_on", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="base_standard_kind", condition=Q(kind__in=list(KIND_NAMES[STANDARDS]))
            ),
            models.CheckConstraint(
                name="base_standard_days",
                condition=Q(effective_on=None) | Q(effective_on__gte=F("published_on")),
            ),
        ]
