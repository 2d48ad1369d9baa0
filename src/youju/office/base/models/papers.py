"""Policy documents that were issued (支持政策)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from youju.office.base.models.records import Record
from youju.rules.office.base.kinds import DOCUMENTS, KIND_NAMES


class Document(Record):
    """A document: in force from a day on, to a day (included) or for good.

    ``repealed_by`` and ``repealed_on`` follow from the documents that name this one among what they repeal. ``subsidy`` is
    the code of a subsidy policy as text: those lie above this room.
    """

    issued_on = models.DateField("发文日期")
    valid_from = models.DateField("施行日期")
    valid_to = models.DateField("失效日期", null=True, blank=True)
    repeals = ArrayField(models.CharField(max_length=60), verbose_name="废止的文件", default=list, blank=True)
    project = models.CharField("项目编码", max_length=30, blank=True)
    subsidy = models.CharField("对应的补贴政策", max_length=40, blank=True)
    public = models.BooleanField("公开", default=False)
    repealed_by = models.CharField("废止它的文件", max_length=60, blank=True)
    repealed_on = models.DateField("废止之日", null=True, blank=True)

    class Meta(Record.Meta):
        ordering: ClassVar = ["-issued_on", "pk"]
        indexes: ClassVar = [
            models.Index(name="base_document_latest", fields=["-issued_on", "id"]),
            GinIndex(name="base_document_repeals", fields=["repeals"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="base_document_kind", condition=Q(kind__in=list(KIND_NAMES[DOCUMENTS]))
            ),
            models.CheckConstraint(
                name="base_document_days", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="base_document_repealed",
                condition=Q(repealed_by="", repealed_on=None)
                | ~Q(repealed_by="") & Q(repealed_on__isnull=False),
            ),
        ]
