"""While a survey is open: which tokens are good, and what lies sealed in the box. Both are empty once it is closed.

No row has a time or a number that counts up; keys are hashes and chance. Why that is not enough by itself, and what else is
done, stands in ADR 23.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from youju.office.surveys.models.surveys import Channel, Survey


class Token(models.Model):
    """A one-time token: the sha256 of its 130 random bits, never the token. ``used`` says that, not when."""

    digest = models.CharField("摘要", max_length=64, primary_key=True)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="tokens")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="tokens")
    used = models.BooleanField("已用", default=False)

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [models.Index(name="surveys_token_channel", fields=["channel", "used"])]

    def __str__(self) -> str:
        return self.digest[:8]


class Envelope(models.Model):
    """An answered sheet, sealed with a key that lies outside the database and padded to a usual length.

    ``batch`` names the import of paper sheets that it came with, so that the import can be taken back; empty for the web.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="envelopes")
    batch = models.CharField("导入批次", max_length=40, blank=True)
    content = models.TextField("密封的答卷")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
