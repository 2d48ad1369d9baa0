"""What of an order line is still to be consolidated: the one place where two people packing at once meet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Balance(models.Model):
    """For one confirmed order line: ordered less returned (``…_in``) and consolidated (``…_out``). Never negative.

    A write changes it in one statement that asks for enough being left; the constraint is what nobody can pass.
    """

    order_line = models.OneToOneField(
        "orders.OrderLine",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        verbose_name="交易单行",
    )
    quantity_in = models.DecimalField(max_digits=16, decimal_places=5)
    quantity_out = models.DecimalField(max_digits=16, decimal_places=5, default=0)
    packages_in = models.PositiveIntegerField()
    packages_out = models.PositiveIntegerField(default=0)
    net_in = models.DecimalField(max_digits=16, decimal_places=5)
    net_out = models.DecimalField(max_digits=16, decimal_places=5, default=0)
    gross_in = models.DecimalField(max_digits=16, decimal_places=5)
    gross_out = models.DecimalField(max_digits=16, decimal_places=5, default=0)
    volume_in = models.DecimalField(max_digits=14, decimal_places=6)
    volume_out = models.DecimalField(max_digits=14, decimal_places=6, default=0)
    amount_in = models.DecimalField(max_digits=16, decimal_places=2)
    amount_out = models.DecimalField(max_digits=16, decimal_places=2, default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="packing_never_more_than_there_is",
                condition=Q(
                    quantity_out__lte=F("quantity_in"),
                    packages_out__lte=F("packages_in"),
                    net_out__lte=F("net_in"),
                    gross_out__lte=F("gross_in"),
                    volume_out__lte=F("volume_in"),
                    amount_out__lte=F("amount_in"),
                ),
            ),
            models.CheckConstraint(
                name="packing_balance_positive",
                condition=Q(
                    quantity_out__gte=0,
                    packages_out__gte=0,
                    net_out__gte=0,
                    gross_out__gte=0,
                    volume_out__gte=0,
                    amount_out__gte=0,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_line_id}"
