"""What is typed and not filed yet, and the running numbers of filings."""

from __future__ import annotations

from django.db import models
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


class NumberSeries(models.Model):
    """The last running number that was given in a series, e.g. the filings of a year."""

    series = models.CharField("系列", max_length=20, primary_key=True)
    last = models.PositiveIntegerField("最后的流水号", default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.series} {self.last}"
