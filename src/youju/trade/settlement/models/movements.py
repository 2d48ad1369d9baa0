"""What moves the ledger: reservations of a bank, and receipts written off against lines, undone, refunded."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.trade.settlement.accounts import CONFIRMED, HELD, MOVES, RESERVATION_STATES
from youju.trade.settlement.models.ledger import Lot
from youju.trade.settlement.models.receipts import Receipt


class Reservation(models.Model):
    """An amount of a line that a bank holds until ``expires_at`` (占用). ``confirmed`` is what it collected of it.

    ``declaration`` (number and version), ``g_no`` and ``currency`` are the line's: a bank does not see the ledger.
    """

    number = models.CharField("占用编号", max_length=24, unique=True)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="reservations")
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="银行"
    )
    declaration = models.CharField("报关单", max_length=30, db_index=True)
    g_no = models.PositiveSmallIntegerField("项号")
    currency = models.CharField("币种", max_length=3)
    amount = models.DecimalField("占用额", max_digits=16, decimal_places=2)
    confirmed = models.DecimalField("确认额", max_digits=16, decimal_places=2, default=0)
    state = models.CharField("状态", max_length=10, default=HELD)
    reference = models.CharField("银行业务编号", max_length=64, blank=True)
    expires_at = models.DateTimeField("到期时间")
    reason = models.CharField("原因", max_length=200, blank=True)
    created_by = models.CharField("占用人", max_length=64)
    created_at = models.DateTimeField("占用时间", db_default=Now())
    decided_by = models.CharField("办结人", max_length=64, blank=True)
    decided_at = models.DateTimeField("办结时间", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="settlement_reserve_held", fields=["expires_at"], condition=Q(state=HELD)),
            models.Index(name="settlement_reserve_org", fields=["organisation", "-created_at", "-id"]),
            models.Index(name="settlement_reserve_made", fields=["-created_at", "-id"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="settlement_reserve_state", condition=Q(state__in=list(RESERVATION_STATES))
            ),
            models.CheckConstraint(
                name="settlement_reserve_amount",
                condition=Q(amount__gt=0, confirmed__gte=0) & Q(amount__gte=F("confirmed")),
            ),
            models.CheckConstraint(
                name="settlement_reserve_confirmed",
                condition=Q(state=CONFIRMED, confirmed__gt=0) | (~Q(state=CONFIRMED) & Q(confirmed=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Movement(models.Model):
    """Part of a receipt and a line, written off, undone or refunded; only ever added.

    ``money`` in the receipt's currency, ``amount`` in the line's, both above zero; ``money_cny`` at the receipt's rate.
    ``of``: the write-off that an undoing or a refund takes back. ``return``: money that stood nowhere goes back to the payer.
    ``payer``: how like the payer is to the buyer (``same``, ``alike``, ``unlike``, ``unknown``).
    """

    kind = models.CharField("种类", max_length=6)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="movements")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, related_name="movements")
    reservation = models.ForeignKey(
        Reservation, on_delete=models.PROTECT, null=True, related_name="movements"
    )
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="taken_back")
    money = models.DecimalField("金额（收汇币种）", max_digits=16, decimal_places=2)
    amount = models.DecimalField("金额（申报币种）", max_digits=16, decimal_places=2)
    money_cny = models.DecimalField("折人民币", max_digits=16, decimal_places=2)
    day = models.DateField("日期")
    payer = models.CharField("付款人与采购商", max_length=8, default="unknown")
    reason = models.CharField("原因", max_length=400, blank=True)
    made_by = models.CharField("经办", max_length=64, blank=True)
    made_at = models.DateTimeField("时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["day", "pk"]
        indexes: ClassVar = [models.Index(name="settlement_movement_day", fields=["day", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="settlement_movement_kind", condition=Q(kind__in=list(MOVES))),
            models.CheckConstraint(
                name="settlement_movement_amount", condition=Q(money__gt=0, money_cny__gte=0, amount__gte=0)
            ),
            models.CheckConstraint(
                name="settlement_movement_shape",
                condition=Q(kind="match", lot__isnull=False, of=None, amount__gt=0)
                | Q(
                    kind__in=["undo", "refund"],
                    lot__isnull=False,
                    of__isnull=False,
                    reservation=None,
                    amount__gt=0,
                )
                | Q(kind="return", lot=None, of=None, reservation=None, amount=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.receipt_id} {self.money}"
