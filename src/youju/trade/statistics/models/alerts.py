"""What the watch over operations found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Alert(models.Model):
    """One finding of a rule STA-… about one subject in one period (运行监测提醒): found once, handled once.

    ``subject`` is what it is about as the evidence names it (``total``, ``country:RU``, ``merchant:12``, ``port:0202`` …),
    ``period`` the month or day that makes it another one. ``evidence`` holds the figures and the keys of the rows as they were
    when it was found, ``as_of`` and ``policy_hash`` what was judged by.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", "待处理"
        HANDLED = "handled", "已处理"

    rule = models.CharField("规则", max_length=7)
    subject = models.CharField("对象", max_length=60)
    label = models.CharField("对象名称", max_length=120)
    period = models.CharField("期间", max_length=20)
    message = models.CharField("情况", max_length=400)
    suggestion = models.CharField("建议", max_length=400)
    evidence = models.JSONField("依据", default=dict)
    as_of = models.DateField("判断之日")
    policy_hash = models.CharField("政策校验值", max_length=64)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    conclusion = models.CharField("处理结论", max_length=400, blank=True)
    handled_by = models.CharField("处理人", max_length=64, blank=True)
    handled_at = models.DateTimeField("处理时间", null=True, blank=True)
    found_at = models.DateTimeField("发现时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="statistics_alert_open", fields=["-id"], condition=Q(state="open"))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="statistics_alert_once", fields=["rule", "subject", "period"]),
            models.CheckConstraint(
                name="statistics_alert_handled",
                condition=Q(state="open", handled_at=None, conclusion="")
                | (Q(state="handled") & ~Q(handled_at=None) & ~Q(conclusion="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.label}"
