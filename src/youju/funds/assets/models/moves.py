"""Transfers between sections and keepers, and how assets leave."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.funds.assets.models.cards import Asset
from youju.rules.funds.assets.lifecycle import (
    ACCEPTED,
    DISPOSAL_FLOW,
    DONE,
    DRAFT,
    MOVE_FLOW,
    MOVES,
    OFFERED,
    WAYS,
)


def _people(label: str) -> ArrayField[list[str], list[str]]:
    """Usernames of one deed: who did it and, where somebody stood in, for whom."""
    return ArrayField(models.CharField(max_length=64), verbose_name=label, default=list, blank=True)


class Move(models.Model):
    """A transfer, loan or return (移交、借出、归还): from where the card stood to where it is to stand once accepted."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField("方式", max_length=8)
    state = models.CharField("状态", max_length=10, default=DRAFT)
    from_section = models.CharField("原科室", max_length=8, blank=True)
    from_place = models.CharField("原地点", max_length=60, blank=True)
    from_keeper_name = models.CharField("原保管人", max_length=50, blank=True)
    to_section = models.CharField("接收科室", max_length=8, blank=True)
    to_place = models.CharField("新地点", max_length=60, blank=True)
    to_keeper = models.CharField("接收人账号", max_length=32)
    to_keeper_name = models.CharField("接收人", max_length=50)
    lent_to = models.CharField("借给", max_length=100, blank=True)
    until = models.DateField("归还期限", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    offered_by = _people("提出人")
    offered_at = models.DateTimeField("提出时间", db_default=Now())
    accepted_by = _people("接收办理人")
    ended_on = models.DateField("办结日期", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(name="assets_move_state", fields=["state"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="assets_move_kind", condition=Q(kind__in=list(MOVES))),
            models.CheckConstraint(
                name="assets_move_state_known", condition=Q(state__in=[each.code for each in MOVE_FLOW.states])
            ),
            models.CheckConstraint(
                name="assets_move_two_people", condition=~Q(accepted_by__overlap=F("offered_by"))
            ),
            models.CheckConstraint(
                name="assets_move_accepted_by_somebody", condition=~Q(state=ACCEPTED) | ~Q(accepted_by=[])
            ),
            models.UniqueConstraint(
                name="assets_move_one_at_a_time", fields=["asset"], condition=Q(state__in=[DRAFT, OFFERED])
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.asset_id} {self.kind}"


class Disposal(models.Model):
    """How an asset leaves (处置): asked for, reviewed and approved by three people, then entered with day and proceeds, CNY.

    ``cost`` and ``depreciated`` are what the card said when it left. ``stocktake`` names the round that found it missing.
    """

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="disposals")
    way = models.CharField("处置方式", max_length=10)
    reason = models.CharField("原因", max_length=500)
    state = models.CharField("状态", max_length=10, default=DRAFT)
    before = models.CharField("申请前状态", max_length=8)
    stocktake = models.CharField("盘点", max_length=24, blank=True)
    requested_by = _people("申请人")
    requested_at = models.DateTimeField("申请时间", db_default=Now())
    reviewed_by = _people("审核人")
    approved_by = _people("批准人")
    approved_on = models.DateField("批准日期", null=True, blank=True)
    disposed_on = models.DateField("处置日期", null=True, blank=True)
    proceeds = models.DecimalField("处置收入（元）", max_digits=16, decimal_places=2, default=0)
    cost = models.DecimalField("原值（元）", max_digits=16, decimal_places=2)
    depreciated = models.DecimalField("累计折旧（元）", max_digits=16, decimal_places=2)
    document = models.CharField("批准文号", max_length=60, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(name="assets_disposal_state", fields=["state"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="assets_disposal_way", condition=Q(way__in=list(WAYS))),
            models.CheckConstraint(
                name="assets_disposal_state_known",
                condition=Q(state__in=[each.code for each in DISPOSAL_FLOW.states]),
            ),
            models.CheckConstraint(
                name="assets_disposal_three_people",
                condition=~Q(reviewed_by__overlap=F("requested_by"))
                & ~Q(approved_by__overlap=F("requested_by"))
                & ~Q(approved_by__overlap=F("reviewed_by")),
            ),
            models.CheckConstraint(
                name="assets_disposal_signed",
                condition=~Q(state__in=["approved", DONE])
                | ~Q(requested_by=[]) & ~Q(reviewed_by=[]) & ~Q(approved_by=[]),
            ),
            models.CheckConstraint(
                name="assets_disposal_done",
                condition=Q(state=DONE, disposed_on__isnull=False) | ~Q(state=DONE) & Q(disposed_on=None),
            ),
            models.CheckConstraint(
                name="assets_disposal_money", condition=Q(proceeds__gte=0, depreciated__lte=F("cost"))
            ),
            models.UniqueConstraint(
                name="assets_disposal_one_at_a_time",
                fields=["asset"],
                condition=Q(state__in=["draft", "requested", "reviewed", "approved", DONE]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {WAYS[self.way]}"
