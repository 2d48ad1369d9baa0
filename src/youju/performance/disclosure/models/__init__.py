"""Releases: what is or was public, version by version."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.performance.disclosure.lifecycle import DRAFT, FLOW, KINDS, PUBLISHED, SUBMITTED


class Release(models.Model):
    """A release (公开) of one kind and year. ``content`` is plain data; once submitted it does not change.

    ``reason`` says why there is a version after the first; ``closing`` why it was withdrawn. Both are public.
    """

    kind = models.CharField("内容", max_length=12)
    year = models.PositiveSmallIntegerField("年度")
    unit_key = models.CharField("单位", max_length=200)
    unit_name = models.CharField("单位名称", max_length=200)
    version = models.PositiveIntegerField("版本")
    state = models.CharField("状态", max_length=12, default=DRAFT)
    until = models.DateField("数据截至", null=True, blank=True)
    content = models.JSONField("公开内容", default=dict)
    content_hash = models.CharField("内容校验值", max_length=64)
    policy_hash = models.CharField("政策校验值", max_length=64)
    findings = models.JSONField("规则意见", default=list)
    due_on = models.DateField("公开期限", null=True, blank=True)
    reason = models.CharField("更正理由", max_length=400, blank=True)
    closing = models.CharField("撤下理由", max_length=400, blank=True)
    prepared_by = models.CharField("编制人账号", max_length=64)
    prepared_name = models.CharField("编制人", max_length=50)
    prepared_at = models.DateTimeField("编制时间", db_default=Now())
    published_by = models.CharField("批准人账号", max_length=64, blank=True)
    published_name = models.CharField("批准人", max_length=50, blank=True)
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    closed_at = models.DateTimeField("撤下或更正时间", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-year", "kind", "-version"]
        indexes: ClassVar = [
            models.Index(name="disclosure_release_order", fields=["-year", "-id"]),
            models.Index(name="disclosure_release_public", fields=["state", "year"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="disclosure_release_version", fields=["unit_key", "year", "kind", "version"]),
            models.UniqueConstraint(
                name="disclosure_release_one_public", fields=["unit_key", "year", "kind"], condition=Q(state=PUBLISHED)
            ),
            models.UniqueConstraint(
                name="disclosure_release_one_open", fields=["unit_key", "year", "kind"], condition=Q(state__in=[DRAFT, SUBMITTED])
            ),
            models.CheckConstraint(name="disclosure_release_state", condition=Q(state__in=[each.code for each in FLOW.states])),
            models.CheckConstraint(name="disclosure_release_kind", condition=Q(kind__in=list(KINDS))),
            models.CheckConstraint(
                name="disclosure_release_two_people", condition=Q(published_by="") | ~Q(published_by=models.F("prepared_by"))
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year} 年{KINDS.get(self.kind, self.kind)}第 {self.version} 版"
