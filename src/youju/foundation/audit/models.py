"""The two tables of the trail. Only the database function ``audit_append`` writes them; triggers refuse the rest."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CompositePrimaryKey, F, Q


class Segment(models.Model):
    """One chain of entries. A writer holds one open segment until its transaction ends; others take the next."""

    number = models.IntegerField("段号", primary_key=True)
    previous = models.IntegerField("前一段", null=True, unique=True)
    genesis = models.BinaryField("起点")
    length = models.IntegerField("条数")
    head = models.BinaryField("末条校验值")
    opened_at = models.DateTimeField("开段时间")
    closed_at = models.DateTimeField("封段时间", null=True)

    class Meta:
        db_table = "audit_segment"
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="audit_segment_length", condition=Q(length__gte=0)),
            models.CheckConstraint(name="audit_segment_previous", condition=Q(previous__lt=F("number"))),
        ]
        indexes: ClassVar = [
            models.Index(name="audit_segment_open", fields=["number"], condition=Q(closed_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.number}:{self.length}"


class Entry(models.Model):
    """One deed. No foreign keys: the trail outlives the records it speaks of."""

    pk = CompositePrimaryKey("segment", "position")
    segment = models.IntegerField("段号")
    position = models.IntegerField("段内序号")
    at = models.DateTimeField("时间")
    actor = models.CharField("用户名", max_length=64)
    actor_name = models.CharField("姓名", max_length=100)
    on_behalf_of = models.CharField("代理", max_length=64)
    organisation = models.CharField("单位", max_length=64)
    address = models.CharField("地址", max_length=64)
    request_id = models.CharField("请求号", max_length=64)
    channel = models.CharField("途径", max_length=16)
    verb = models.CharField("动作", max_length=100)
    subject_kind = models.CharField("对象类别", max_length=100)
    subject_key = models.CharField("对象编号", max_length=200)
    subject_label = models.TextField("对象名称")
    before = models.TextField("之前", null=True)
    after = models.TextField("之后", null=True)
    reason = models.TextField("理由")
    hash = models.BinaryField("校验值")

    class Meta:
        db_table = "audit_entry"
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(name="audit_entry_at", fields=["-at", "-segment", "-position"]),
            models.Index(name="audit_entry_subject", fields=["subject_kind", "subject_key", "-at"]),
            models.Index(name="audit_entry_actor", fields=["actor", "-at"]),
            models.Index(name="audit_entry_verb", fields=["verb", "-at"]),
            models.Index(name="audit_entry_request", fields=["request_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.segment}:{self.position} {self.verb}"
