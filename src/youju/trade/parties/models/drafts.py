"""What is typed and not filed yet, what programs asked for, and the running numbers of filings."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.trade.parties.models.filings import Party


class FilingDraft(models.Model):
    """The form of a filing as typed, sealed as a whole: it holds identity numbers, and its codes need not be right yet.

    ``version`` counts saves, so that two people at one form do not overwrite each other unseen. What is filed stands in
    ``Party`` and ``Identifier``; a draft goes when it is.
    """

    party = models.OneToOneField(Party, on_delete=models.CASCADE, primary_key=True, related_name="draft")
    sealed = models.TextField("加密的表单")
    version = models.PositiveIntegerField("保存次数", default=1)
    saved_by = models.CharField("保存人", max_length=64, blank=True)
    saved_at = models.DateTimeField("保存时间", db_default=Now())

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.party_id} {self.version}"


class FilingRequest(models.Model):
    """What a program asked for under an idempotency key, so that the same request sent twice is one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField("幂等键", max_length=100)
    action = models.CharField("请求", max_length=80)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="parties_request_once", fields=["user", "key"]),
            models.CheckConstraint(name="parties_request_key", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.action}"


class NumberSeries(models.Model):
    """The last running number that was given in a series, e.g. the filings of a year."""

    series = models.CharField("系列", max_length=20, primary_key=True)
    last = models.PositiveIntegerField("最后的流水号", default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.series} {self.last}"
