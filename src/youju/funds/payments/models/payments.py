"""A payment: what for, to whom, who had which hand in it, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from youju.rules.funds.payments.lifecycle import DRAFT, FLOW, GONE, PAID, RETURNED, SENT


def _people(label: str) -> ArrayField[list[str], list[str]]:
    """Usernames of one deed: who did it and, where somebody stood in, for whom."""
    return ArrayField(models.CharField(max_length=64), verbose_name=label, default=list)


class Payment(models.Model):
    """A payment (付款) of a project. ``account_fingerprint`` finds equal accounts, the number itself is sealed.

    ``origin_kind`` and ``origin_key`` name the record of another room that it is for (an award), empty where there is none.
    ``findings`` holds what the rules said when it was asked for, ``explanation`` what the requester answered.
    """

    class Outcome(models.TextChoices):
        """How far the evidence of what the money brought has come."""

        NONE = "", "未提交"
        SUBMITTED = "submitted", "待认定"
        ACCEPTED = "accepted", "已认定"
        REFUSED = "refused", "已退回"

    number = models.CharField("付款编号", max_length=24, unique=True)
    state = models.CharField("状态", max_length=10, default=DRAFT)
    revision = models.PositiveIntegerField("修订次数", default=0)
    project = models.ForeignKey(
        "projects.Project", on_delete=models.PROTECT, related_name="+", verbose_name="资金项目"
    )
    batch = models.ForeignKey(
        "projects.Batch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="支出批次",
    )
    contract = models.ForeignKey(
        "projects.Step",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="合同",
    )
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)
    purpose = models.CharField("用途", max_length=200)
    tags = ArrayField(models.CharField(max_length=20), verbose_name="标记", default=list, blank=True)
    due_on = models.DateField("应付日期")
    payee_name = models.CharField("收款人", max_length=100)
    payee_credit_code = models.CharField("收款人信用代码", max_length=18, blank=True)
    payee_party = models.BigIntegerField("收款主体", null=True, blank=True)
    account_sealed = models.TextField("账号（加密）")
    account_fingerprint = models.CharField("账号指纹", max_length=64)
    account_masked = models.CharField("账号", max_length=40)
    bank = models.CharField("开户银行", max_length=100)
    origin_kind = models.CharField("来自", max_length=40, blank=True)
    origin_key = models.CharField("来自的记录", max_length=64, blank=True)
    explanation = models.CharField("说明", max_length=400, blank=True)
    findings = models.JSONField("核对结果", default=dict, blank=True)
    requested_by = _people("申请人")
    section_by = _people("科室复核人")
    finance_by = _people("财务审核人")
    approved_by = _people("批准人")
    requested_at = models.DateTimeField("申请时间", db_default=Now())
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    sent_at = models.DateTimeField("送银行时间", null=True, blank=True)
    paid_on = models.DateField("付款日期", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("送银行次数", default=0)
    return_reason = models.CharField("退回原因", max_length=200, blank=True)
    outcome = models.CharField("支出成果", max_length=10, choices=Outcome, default=Outcome.NONE, blank=True)
    outcome_by = _people("成果提交人")
    outcome_at = models.DateTimeField("成果提交时间", null=True, blank=True)
    accepted_by = _people("成果认定人")
    accepted_at = models.DateTimeField("成果认定时间", null=True, blank=True)
    outcome_note = models.CharField("成果说明", max_length=400, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="payments_payment_project", fields=["project", "state"]),
            models.Index(name="payments_payment_state", fields=["state", "due_on"]),
            models.Index(name="payments_payment_account", fields=["account_fingerprint"]),
            models.Index(name="payments_payment_origin", fields=["origin_kind", "origin_key"]),
            models.Index(name="payments_payment_paid", fields=["paid_on"], condition=Q(state=PAID)),
            GinIndex(name="payments_payment_tags", fields=["tags"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="payments_payment_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payments_payment_state_known",
                condition=Q(state__in=[each.code for each in FLOW.states]),
            ),
            models.CheckConstraint(
                name="payments_payment_reviewer_is_another",
                condition=~Q(section_by__overlap=F("requested_by")),
            ),
            models.CheckConstraint(
                name="payments_payment_finance_is_a_third",
                condition=~Q(finance_by__overlap=F("requested_by")) & ~Q(finance_by__overlap=F("section_by")),
            ),
            models.CheckConstraint(
                name="payments_payment_approver_is_a_fourth",
                condition=~Q(approved_by__overlap=F("requested_by"))
                & ~Q(approved_by__overlap=F("section_by"))
                & ~Q(approved_by__overlap=F("finance_by")),
            ),
            models.CheckConstraint(
                name="payments_payment_signed",
                condition=(Q(state=DRAFT) | ~Q(requested_by=[]))
                & (
                    ~Q(state__in=["reviewed", "checked", "approved", SENT, PAID, RETURNED])
                    | ~Q(section_by=[])
                )
                & (~Q(state__in=["checked", "approved", SENT, PAID, RETURNED]) | ~Q(finance_by=[]))
                & (~Q(state__in=["approved", SENT, PAID, RETURNED]) | ~Q(approved_by=[])),
            ),
            models.CheckConstraint(
                name="payments_payment_paid_has_its_day",
                condition=(Q(state=PAID) & ~Q(paid_on=None)) | (~Q(state=PAID) & Q(paid_on=None)),
            ),
            models.CheckConstraint(
                name="payments_payment_acceptor_is_another",
                condition=~Q(accepted_by__overlap=F("outcome_by")),
            ),
            models.CheckConstraint(
                name="payments_payment_accepted_by_somebody",
                condition=~Q(outcome="accepted") | ~Q(accepted_by=[]),
            ),
            models.UniqueConstraint(
                name="payments_payment_one_for_an_origin",
                fields=["origin_kind", "origin_key"],
                condition=~Q(origin_kind="") & ~Q(state__in=sorted(GONE)),
            ),
        ]

    def __str__(self) -> str:
        return self.number
