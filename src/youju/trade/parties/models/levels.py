"""The credit levels that a party has held (信用等级), written by the room of credit alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.trade.parties.models.filings import Party


class CreditLevel(models.Model):
    """A level from a day on, with the points (0…100, a hundredth exact) and what it rests on. ``Party.credit_level`` is the last.

    ``basis`` says in words which snapshot or decision gave it. A level that stays gets no new row.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="credit_levels")
    level = models.CharField("信用等级", max_length=4)
    points = models.DecimalField("得分", max_digits=7, decimal_places=2)
    since = models.DateField("生效日期")
    basis = models.CharField("依据", max_length=100)
    set_by = models.CharField("办理人", max_length=64, blank=True)
    set_at = models.DateTimeField("写入时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-since", "-pk"]
        indexes: ClassVar = [models.Index(name="parties_level_since", fields=["party", "-since", "-id"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="parties_level_named", condition=~Q(level="")),
            models.CheckConstraint(name="parties_level_points", condition=Q(points__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.level} {self.since}"
