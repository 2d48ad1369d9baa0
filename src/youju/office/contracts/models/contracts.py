"""A contract and what hangs on it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.office.contracts.lifecycle import (
    ACCEPTED,
    CONTRACT_STATES,
    DELIVERABLE_FLOW,
    IN_FORCE,
    PENDING,
)


class Contract(models.Model):
    """A contract of the centre: the other party by name, amounts in CNY, days both included."""

    number = models.CharField(
        "合同编号", max_length=40, unique=True, error_messages={"unique": "已有这个编号的合同。"}
    )
    title = models.CharField("合同名称", max_length=100)
    party = models.CharField("对方名称", max_length=100)
    party_code = models.CharField("对方统一社会信用代码", max_length=18, blank=True)
    amount = models.DecimalField("合同金额（元）", max_digits=18, decimal_places=2)
    signed_on = models.DateField("签订日期")
    valid_from = models.DateField("起始日期")
    valid_to = models.DateField("终止日期")
    tags = ArrayField(models.CharField(max_length=20), verbose_name="标签", default=list, blank=True)
    project = models.CharField("项目编码", max_length=30, blank=True)
    note = models.CharField("备注", max_length=500, blank=True)
    state = models.CharField("状态", max_length=10, default=IN_FORCE)
    ended_on = models.DateField("提前终止日期", null=True, blank=True)
    reminded_on = models.DateField("到期提醒日期", null=True, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)
    batch = models.CharField("导入批次", max_length=40, blank=True)
    created_by = models.CharField("登记人", max_length=64)
    created_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-signed_on", "-pk"]
        indexes: ClassVar = [
            models.Index(name="contracts_contract_project", fields=["project", "signed_on"]),
            models.Index(name="contracts_contract_ends", fields=["valid_to"], condition=Q(state=IN_FORCE)),
            GinIndex(name="contracts_contract_tags", fields=["tags"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="contracts_contract_amount", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="contracts_contract_days", condition=Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="contracts_contract_state", condition=Q(state__in=list(CONTRACT_STATES))
            ),
            models.CheckConstraint(
                name="contracts_contract_ended",
                condition=Q(state=IN_FORCE, ended_on=None) | ~Q(state=IN_FORCE) & Q(ended_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Deliverable(models.Model):
    """What a contract is to deliver: by when, for how much, delivered by whom's word, accepted by whom."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="deliverables")
    place = models.PositiveSmallIntegerField("序号")
    title = models.CharField("成果", max_length=100)
    due_on = models.DateField("交付期限")
    price = models.DecimalField("价款（元）", max_digits=18, decimal_places=2, default=0)
    state = models.CharField("状态", max_length=10, default=PENDING)
    delivered_on = models.DateField("交付日期", null=True, blank=True)
    delivered_by = models.CharField("登记交付的人", max_length=64, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    accepted_by = models.CharField("验收人", max_length=64, blank=True)
    accepted_name = models.CharField("验收人姓名", max_length=100, blank=True)
    refusals = models.PositiveSmallIntegerField("未通过次数", default=0)
    refused_why = models.CharField("未通过的理由", max_length=2000, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["contract", "place"]
        indexes: ClassVar = [models.Index(name="contracts_deliverable_due", fields=["due_on", "state"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="contracts_deliverable_place", fields=["contract", "place"]),
            models.CheckConstraint(name="contracts_deliverable_price", condition=Q(price__gte=0)),
            models.CheckConstraint(
                name="contracts_deliverable_state",
                condition=Q(state__in=[state.code for state in DELIVERABLE_FLOW.states]),
            ),
            models.CheckConstraint(
                name="contracts_deliverable_two_people",
                condition=Q(accepted_by="") | ~Q(accepted_by=F("delivered_by")),
            ),
            models.CheckConstraint(
                name="contracts_deliverable_accepted",
                condition=Q(state=ACCEPTED, accepted_on__isnull=False, delivered_on__isnull=False)
                & ~Q(accepted_by="")
                | Q(accepted_on=None, accepted_by="") & ~Q(state=ACCEPTED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}-{self.place} {self.title}"


class Instalment(models.Model):
    """A payment that falls due by the contract, on a day or once a deliverable is accepted, whichever is later (付款约定)."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="instalments")
    place = models.PositiveSmallIntegerField("期次")
    due_on = models.DateField("付款期限")
    amount = models.DecimalField("金额（元）", max_digits=18, decimal_places=2)
    after = models.ForeignKey(
        Deliverable, on_delete=models.PROTECT, null=True, blank=True, related_name="instalments"
    )
    note = models.CharField("说明", max_length=200, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["contract", "place"]
        indexes: ClassVar = [models.Index(name="contracts_instalment_due", fields=["due_on"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="contracts_instalment_place", fields=["contract", "place"]),
            models.CheckConstraint(name="contracts_instalment_amount", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}-{self.place} {self.amount}"


class Opinion(models.Model):
    """A legal opinion that counsel gave under an engagement, and the hours it took (法律意见)."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="opinions")
    given_on = models.DateField("出具日期")
    title = models.CharField("事项", max_length=100)
    counsel = models.CharField("律师", max_length=50)
    hours = models.DecimalField("工时", max_digits=6, decimal_places=1)
    written_by = models.CharField("登记人", max_length=64)
    written_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-given_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="contracts_opinion_hours", condition=Q(hours__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.given_on} {self.title}"
