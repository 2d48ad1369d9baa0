"""Audit findings about payments, as another room tells them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.funds.payments.models.payments import Payment


class AuditFinding(models.Model):
    """A finding of an audit about a payment (审计发现), by the key of the room that holds it; open until it is closed there."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="audit_findings")
    key = models.CharField("发现编号", max_length=64)
    note = models.CharField("说明", max_length=400, blank=True)
    is_open = models.BooleanField("未整改", default=True)
    noted_by = models.CharField("登记人", max_length=64, blank=True)
    noted_at = models.DateTimeField("登记时间", db_default=Now())
    closed_at = models.DateTimeField("销号时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="payments_finding_once", fields=["payment", "key"]),
            models.CheckConstraint(
                name="payments_finding_closed",
                condition=Q(is_open=True, closed_at=None) | (Q(is_open=False) & ~Q(closed_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.payment_id}"
