"""One small table four times: plain, under our trail, under django-auditlog, under django-simple-history."""

from __future__ import annotations

from auditlog.registry import auditlog
from django.db import models
from simple_history.models import HistoricalRecords


class Row(models.Model):
    """Eight fields, as a filing has."""

    name = models.CharField(max_length=100)
    code = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    note = models.TextField(blank=True)
    day = models.DateField()
    number = models.IntegerField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Plain(Row):
    """Nobody watches."""


class Ours(Row):
    """Our services record what they do."""


class Logged(Row):
    """django-auditlog watches by signals."""


class Kept(Row):
    """django-simple-history copies each version."""

    history = HistoricalRecords()


auditlog.register(Logged)
