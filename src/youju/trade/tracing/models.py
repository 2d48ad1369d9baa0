"""Codes on cartons, and which merchants let their stall be named to the public. Private to tracing."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

TOKEN = r"^[0-9A-HJKMNP-TV-Z]{26}$"  # noqa: S105 - the form of one


class TraceCode(models.Model):
    """A code (溯源码) on every carton of one order line; whoever scans it sees the public page.

    ``token`` has 130 bits of chance in Crockford's alphabet, so that nobody finds one by trying. A line has one code that is
    good; a revoked one is never good again. ``order`` and ``line_no`` repeat what the line is called; ``organisations`` and
    ``sections`` are the order's when the code was made (row-level security).
    """

    token = models.CharField("溯源码", max_length=26, unique=True)
    order_line = models.ForeignKey(
        "orders.OrderLine", on_delete=models.PROTECT, related_name="+", verbose_name="交易单行"
    )
    order = models.CharField("交易单号", max_length=24)
    line_no = models.PositiveIntegerField("序号")
    organisations = ArrayField(models.BigIntegerField(), verbose_name="参与单位", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    revoked_by = models.CharField("作废人", max_length=64, blank=True)
    revoked_at = models.DateTimeField("作废时间", null=True, blank=True)
    reason = models.TextField("作废原因", blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="tracing_code_order", fields=["order"]),
            GinIndex(name="tracing_code_organisations", fields=["organisations"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="tracing_code_good_once", fields=["order_line"], condition=Q(revoked_at=None)
            ),
            models.CheckConstraint(name="tracing_code_form", condition=Q(token__regex=TOKEN)),
            models.CheckConstraint(
                name="tracing_code_revoked_by_somebody", condition=Q(revoked_at=None) | ~Q(revoked_by="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}:{self.line_no}"


class StallConsent(models.Model):
    """Whether a merchant lets its stall be named on the public page; without a row it does not."""

    party = models.OneToOneField(
        "parties.Party", on_delete=models.CASCADE, primary_key=True, related_name="+", verbose_name="经营户"
    )
    organisation = models.ForeignKey("identity.Organisation", on_delete=models.CASCADE, related_name="+")
    shown = models.BooleanField("公开摊位", default=False)
    changed_by = models.CharField("修改人", max_length=64, blank=True)
    changed_at = models.DateTimeField("修改时间", db_default=Now())

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.party_id} {self.shown}"
