"""Enterprises that take part, and the orders that they won."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.office.events.models.events import Event
from youju.rules.office.events.kinds import DEAL_STATES
from youju.rules.office.events.lifecycle import APPLIED, LIVE, SIGNUP_STATES


class Signup(models.Model):
    """A firm that signed up, itself (``organisation`` by id) or through the centre; ``contact`` is sealed (name, telephone)."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="signups")
    organisation = models.BigIntegerField("报名单位", null=True, blank=True)
    firm = models.CharField("企业名称", max_length=100)
    firm_code = models.CharField("企业代码", max_length=32, blank=True)
    wanted = models.PositiveSmallIntegerField("展位或名额", default=1)
    products = models.CharField("展品或参加内容", max_length=200, blank=True)
    contact = models.TextField("联系方式（加密）", blank=True)
    booth = models.CharField("展位号", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, default=APPLIED)
    applied_at = models.DateTimeField("报名时间", db_default=Now())
    applied_by = models.CharField("报名人", max_length=64)
    decided_on = models.DateField("审核日期", null=True, blank=True)
    decided_by = models.CharField("审核人", max_length=64, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["applied_at", "pk"]
        indexes: ClassVar = [
            models.Index(name="events_signup_event", fields=["event", "state", "id"]),
            models.Index(name="events_signup_organisation", fields=["organisation", "-id"]),
            models.Index(name="events_signup_newest", fields=["-applied_at", "-id"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="events_signup_state", condition=Q(state__in=list(SIGNUP_STATES))),
            models.CheckConstraint(name="events_signup_wanted", condition=Q(wanted__gte=1)),
            models.UniqueConstraint(
                name="events_signup_once",
                fields=["event", "organisation"],
                condition=Q(organisation__isnull=False, state__in=LIVE),
            ),
            models.UniqueConstraint(
                name="events_signup_firm_once",
                fields=["event", "firm"],
                condition=Q(state__in=LIVE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm}"


class Deal(models.Model):
    """An order won at an exhibition (成交): declared by the participant, confirmed by the centre. ``amount`` in CNY.

    ``order_number`` may name an order of the platform; that it is one is the trade's business.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deals")
    signup = models.ForeignKey(Signup, on_delete=models.PROTECT, related_name="deals")
    organisation = models.BigIntegerField("申报单位", null=True, blank=True)
    won_on = models.DateField("成交日期")
    amount = models.DecimalField("成交额（元）", max_digits=18, decimal_places=2)
    country = models.CharField("买家国家（地区）", max_length=2)
    buyer = models.CharField("买家", max_length=100, blank=True)
    order_number = models.CharField("交易单编号", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, default="declared")
    declared_on = models.DateField("申报日期")
    declared_by = models.CharField("申报人", max_length=64)
    decided_on = models.DateField("核实日期", null=True, blank=True)
    decided_by = models.CharField("核实人", max_length=64, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-won_on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="events_deal_event", fields=["event", "state"]),
            models.Index(name="events_deal_won", fields=["-won_on", "-id"]),
            models.Index(name="events_deal_organisation", fields=["organisation", "-id"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="events_deal_state", condition=Q(state__in=list(DEAL_STATES))),
            models.CheckConstraint(name="events_deal_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="events_deal_two_people",
                condition=Q(decided_by="") | ~Q(decided_by=models.F("declared_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signup_id} {self.amount}"
