"""What a closed survey leaves: answers without token, person, address or time; remarks apart from them; counts of both."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from youju.office.surveys.models.surveys import Channel, Question, Survey


class Response(models.Model):
    """One sheet: question → step, place of the option, or places of the options. ``channel``: only where it is shown apart."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, null=True, related_name="responses")
    answers = models.JSONField("答案")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class Remark(models.Model):
    """What somebody wrote, apart from the other answers of the sheet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="remarks")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="remarks")
    text = models.CharField("文字", max_length=1000)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.text[:20]


class Tally(models.Model):
    """How many sheets have a score (0-100) under a tag (empty: all scale questions), over all channels or in one."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="tallies")
    tag = models.CharField("标签", max_length=20, blank=True)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, null=True, related_name="tallies")
    score = models.DecimalField("得分", max_digits=8, decimal_places=5)
    answers = models.PositiveIntegerField("份数")

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="surveys_tally_once",
                fields=["survey", "tag", "channel", "score"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.tag} {self.score}"


class Count(models.Model):
    """How many chose an option of a question: the step of a scale or the place of an option (from 1); 0: answered at all."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="counts")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="counts")
    option = models.PositiveSmallIntegerField("选项")
    answers = models.PositiveIntegerField("份数")

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="surveys_count_once", fields=["question", "option"]),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.option}"
