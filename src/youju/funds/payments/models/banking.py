"""What went to the bank and what came back from it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.funds.payments.models.payments import Payment


class BankFile(models.Model):
    """A list of payments for the bank (付款清单): made once, sealed as it was made, never made anew with other rows."""

    class State(models.TextChoices):
        """Where it stands."""

        MADE = "made", "待下载"
        HANDED = "handed", "已下载"
        ANSWERED = "answered", "已全部回单"
        VOIDED = "voided", "已作废"

    number = models.CharField("清单编号", max_length=24, unique=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.MADE)
    count = models.PositiveIntegerField("笔数")
    total = models.DecimalField("合计（元）", max_digits=16, decimal_places=2)
    sealed_csv = models.TextField("CSV（加密）")
    sealed_xlsx = models.TextField("工作簿（加密）")
    sha256_csv = models.CharField("CSV 校验值", max_length=64)
    sha256_xlsx = models.CharField("工作簿校验值", max_length=64)
    made_by = ArrayField(models.CharField(max_length=64), verbose_name="制作人", default=list)
    made_at = models.DateTimeField("制作时间", db_default=Now())
    handed_at = models.DateTimeField("首次下载时间", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="payments_bankfile_counts", condition=Q(count__gt=0, total__gt=0)),
            models.CheckConstraint(
                name="payments_bankfile_void_was_never_handed",
                condition=~Q(state="voided") | Q(handed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Instruction(models.Model):
    """One line of a bank file: one attempt to pay one payment, under a reference that is used once.

    A payment has at most one that is open or paid: so it is in one unanswered file at most, and never sent again once paid.
    """

    class State(models.TextChoices):
        """What the bank said of it."""

        OPEN = "open", "待回单"
        PAID = "paid", "已付"
        RETURNED = "returned", "已退回"
        RECALLED = "recalled", "已撤出"

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="instructions")
    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField("行号")
    reference = models.CharField("付款凭证号", max_length=32, unique=True)
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)
    payee_name = models.CharField("收款人", max_length=100)
    account_sealed = models.TextField("账号（加密）")
    account_masked = models.CharField("账号", max_length=40)
    bank = models.CharField("开户银行", max_length=100)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    answered_on = models.DateField("银行日期", null=True, blank=True)
    reason = models.CharField("退回原因", max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["file", "line"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="payments_instruction_one_alive",
                fields=["payment"],
                condition=Q(state__in=["open", "paid"]),
            ),
            models.UniqueConstraint(name="payments_instruction_line", fields=["file", "line"]),
            models.CheckConstraint(name="payments_instruction_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payments_instruction_answered",
                condition=Q(state__in=["open", "recalled"], answered_on=None)
                | (Q(state__in=["paid", "returned"]) & ~Q(answered_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class BankReturn(models.Model):
    """A file of the bank's answers (银行回单), read once; the same file again changes nothing.

    A large one is booked by a job (``run``), a few hundred answers at a time; until then it is not ``done``.
    """

    sha256 = models.CharField("校验值", max_length=64, unique=True)
    name = models.CharField("文件名", max_length=200)
    rows = models.PositiveIntegerField("行数")
    applied = models.PositiveIntegerField("已入账", default=0)
    known = models.PositiveIntegerField("重复", default=0)
    odd = models.PositiveIntegerField("有疑问", default=0)
    read_by = ArrayField(models.CharField(max_length=64), verbose_name="读入人", default=list)
    read_at = models.DateTimeField("读入时间", db_default=Now())
    run = models.UUIDField("后台任务", null=True, blank=True)
    done = models.BooleanField("已全部入账", default=True, db_default=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name


class ReturnRow(models.Model):
    """One answer: what it says, and what came of it. An odd one (unknown reference, other amount, …) changes nothing."""

    source = models.ForeignKey(BankReturn, on_delete=models.CASCADE, related_name="answers")
    line = models.PositiveIntegerField("行号")
    reference = models.CharField("付款凭证号", max_length=64)
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)
    paid = models.BooleanField("已付")
    value_date = models.DateField("银行日期")
    reason = models.CharField("退回原因", max_length=200, blank=True)
    verdict = models.CharField("处理", max_length=16)
    instruction = models.ForeignKey(
        Instruction, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    settled_by = models.CharField("处理人", max_length=64, blank=True)
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)
    conclusion = models.CharField("处理结论", max_length=400, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["source", "line"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="payments_returnrow_line", fields=["source", "line"])
        ]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.line}"
