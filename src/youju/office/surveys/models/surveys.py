"""A questionnaire, its questions, and the ways by which it reaches people."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.office.surveys.channels import CHANNEL_KINDS, CODE
from youju.rules.office.surveys.lifecycle import CLOSED, DRAFT, STATES
from youju.rules.office.surveys.questions import KIND_NAMES


class SurveySeries(models.Model):
    """The last number given to a survey of a year; locked by who gives the next."""

    code = models.CharField("编号前缀", max_length=20, primary_key=True)
    last = models.PositiveIntegerField("最后一号")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.code} {self.last}"


class Survey(models.Model):
    """A questionnaire about a year or a quarter (0: the whole year), in Chinese and English."""

    number = models.CharField("编号", max_length=20, unique=True)
    title = models.CharField("标题", max_length=100)
    title_en = models.CharField("英文标题", max_length=200, blank=True)
    intro = models.CharField("说明", max_length=500, blank=True)
    intro_en = models.CharField("英文说明", max_length=1000, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度", default=0)
    project = models.CharField("项目编码", max_length=30, blank=True)
    tags = ArrayField(models.CharField(max_length=20), verbose_name="标签", default=list, blank=True)
    closes_on = models.DateField("截止日期")
    state = models.CharField("状态", max_length=10, default=DRAFT)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers"
    )
    builders = ArrayField(models.CharField(max_length=64), verbose_name="编制人", default=list, blank=True)
    opened_on = models.DateField("发布日期", null=True, blank=True)
    closed_on = models.DateField("结束日期", null=True, blank=True)
    answered = models.PositiveIntegerField("收回份数", default=0)
    reminded_on = models.DateField("提醒日期", null=True, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)
    created_by = models.CharField("编制人账号", max_length=64)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-year", "-pk"]
        indexes: ClassVar = [
            models.Index(name="surveys_survey_year", fields=["-year", "-id"]),
            models.Index(name="surveys_survey_project", fields=["project", "year"]),
            models.Index(name="surveys_survey_open", fields=["closes_on"], condition=Q(state="open")),
            GinIndex(name="surveys_survey_tags", fields=["tags"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="surveys_survey_quarter", condition=Q(quarter__lte=4)),
            models.CheckConstraint(name="surveys_survey_state", condition=Q(state__in=list(STATES))),
            models.CheckConstraint(
                name="surveys_survey_closed",
                condition=Q(state=CLOSED, opened_on__isnull=False, closed_on__isnull=False)
                | ~Q(state=CLOSED) & Q(closed_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Question(models.Model):
    """A question of a survey; ``options`` is a list of ``[Chinese, English]``."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField("题号")
    kind = models.CharField("题型", max_length=10)
    text = models.CharField("题目", max_length=200)
    text_en = models.CharField("英文题目", max_length=400, blank=True)
    tags = ArrayField(models.CharField(max_length=20), verbose_name="标签", default=list, blank=True)
    options = models.JSONField("选项", default=list, blank=True)
    required = models.BooleanField("必答", default=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["survey", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="surveys_question_place",
                fields=["survey", "place"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="surveys_question_kind", condition=Q(kind__in=list(KIND_NAMES))),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.text}"


class Channel(models.Model):
    """A way by which a survey reaches people (渠道), and how many were handed out on it. Who got one is kept nowhere."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="channels")
    name = models.CharField("渠道", max_length=50)
    kind = models.CharField("方式", max_length=10, default=CODE)
    made = models.PositiveIntegerField("生成的码", default=0)
    handed_out = models.PositiveIntegerField("发出份数", default=0)
    answered = models.PositiveIntegerField("收回份数", default=0)
    apart = models.BooleanField("分开显示", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["survey", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="surveys_channel_name", fields=["survey", "name"]),
            models.CheckConstraint(name="surveys_channel_kind", condition=Q(kind__in=list(CHANNEL_KINDS))),
        ]

    def __str__(self) -> str:
        return self.name
