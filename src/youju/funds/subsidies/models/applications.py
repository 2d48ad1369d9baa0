"""Applications for subsidies, the records that they count, what was computed, and the opinions of reviewers."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.funds.claims.lifecycle import (
    CLAIM_FLOW,
    DRAFT,
    REFUSED,
    STAGES,
    STRUCK,
    VERDICTS,
    WITHDRAWN,
)

SHA256 = r"^[0-9a-f]{64}$"
_STATES = [state.code for state in CLAIM_FLOW.states]


class Application(models.Model):
    """One application of one party under one version of a policy. Money in CNY.

    ``text`` is the policy as plain data and ``policy_hash`` its sha256: the amount can be computed again years later.
    ``amount`` is the last computation's total, never typed. The account is sealed; ``fingerprint`` finds equal ones,
    ``account_masked`` is shown. ``organisation`` and ``sections`` say who sees it (row-level security).
    """

    number = models.CharField("申请编号", max_length=20, unique=True)
    policy_code = models.CharField("政策", max_length=40)
    policy_version = models.PositiveIntegerField("政策版本", default=1)
    policy_title = models.CharField("政策名称", max_length=200)
    policy_hash = models.CharField("政策校验值", max_length=64)
    text = models.JSONField("政策文本")
    project = models.CharField("承担项目", max_length=24, blank=True)
    party = models.ForeignKey(
        "parties.Party", on_delete=models.PROTECT, related_name="+", verbose_name="申请人"
    )
    party_name = models.CharField("申请人名称", max_length=100)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    state = models.CharField("状态", max_length=14, default=DRAFT)
    revision = models.PositiveIntegerField("修订次数", default=0)
    amount = models.DecimalField("算出的补贴", max_digits=16, decimal_places=2, default=0)
    account_name = models.CharField("收款户名", max_length=100, blank=True)
    bank = models.CharField("开户银行", max_length=100, blank=True)
    account_sealed = models.TextField("加密的账号", blank=True)
    account_masked = models.CharField("遮盖后的账号", max_length=20, blank=True)
    account_fingerprint = models.CharField("账号指纹", max_length=64, blank=True)
    remark = models.CharField("说明", max_length=500, blank=True)
    prepared_by = models.CharField("填报人", max_length=64, blank=True)
    certified_by = models.CharField("签署人", max_length=64, blank=True)
    certified_name = models.CharField("签署人姓名", max_length=50, blank=True)
    certified_at = models.DateTimeField("签署时间", null=True, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    changed_at = models.DateTimeField("修改时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="subsidies_application_state", fields=["state", "submitted_at"]),
            models.Index(name="subsidies_application_policy", fields=["policy_code", "state"]),
            models.Index(name="subsidies_application_party", fields=["party"]),
            models.Index(name="subsidies_application_account", fields=["account_fingerprint"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="subsidies_applied_once",
                fields=["party", "policy_code"],
                condition=~Q(state__in=[WITHDRAWN, REFUSED, STRUCK]),
            ),
            models.CheckConstraint(name="subsidies_application_known", condition=Q(state__in=_STATES)),
            models.CheckConstraint(name="subsidies_application_amount", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="subsidies_application_hash", condition=Q(policy_hash__regex=SHA256)),
        ]

    def __str__(self) -> str:
        return self.number


class CountedLine(models.Model):
    """A released declared line that the application counts: the part of it that is the party's.

    ``part``: ``window`` or ``base``. ``source`` is the key of the declarations' source line, ``declaration`` number and version.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="lines")
    part = models.CharField("期间", max_length=8, default="window")
    source = models.BigIntegerField("货物行")
    declaration = models.CharField("申报单号", max_length=30)
    entry_number = models.CharField("报关单号", max_length=18, blank=True)
    g_no = models.PositiveSmallIntegerField("项号")
    day = models.DateField("放行日期")
    name = models.CharField("品名", max_length=255, blank=True)
    product = models.CharField("商品编码", max_length=10)
    partner = models.CharField("运抵国（地区）", max_length=2)
    value_usd = models.DecimalField("金额（美元）", max_digits=16, decimal_places=2)
    teu = models.DecimalField("标箱", max_digits=12, decimal_places=6, default=0)
    container = models.CharField("箱号", max_length=32, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["application", "part", "day", "source"]
        indexes: ClassVar = [
            models.Index(name="subsidies_counted_source", fields=["source"]),
            models.Index(name="subsidies_counted_container", fields=["container"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="subsidies_counted_once", fields=["application", "part", "source"])
        ]

    def __str__(self) -> str:
        return f"{self.declaration}/{self.g_no}"


class CostLine(models.Model):
    """A cost that the party paid: an invoice, typed, with its file kept under ``file`` (sha256)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="costs")
    kind = models.CharField("费用种类", max_length=24)
    invoice = models.CharField("发票号码", max_length=24)
    seller = models.CharField("开票单位", max_length=100, blank=True)
    paid_on = models.DateField("支付日期")
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)
    file = models.CharField("文件", max_length=64, blank=True)
    filename = models.CharField("文件名", max_length=255, blank=True)
    added_by = models.CharField("填写人", max_length=64, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["application", "paid_on", "pk"]
        indexes: ClassVar = [models.Index(name="subsidies_cost_invoice", fields=["invoice"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="subsidies_cost_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="subsidies_cost_invoice_given", condition=~Q(invoice="")),
        ]

    def __str__(self) -> str:
        return self.invoice


class Computation(models.Model):
    """What the policy gave on the facts of a stage: the amount, each clause's line, cuts and findings. Never changed.

    ``facts_hash`` is sha256 over every counted record; ``difference`` what changed in CNY since the stage before.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="computations")
    stage = models.CharField("阶段", max_length=12)
    potential = models.DecimalField("按条款算出", max_digits=16, decimal_places=2)
    total = models.DecimalField("应补", max_digits=16, decimal_places=2)
    difference = models.DecimalField("与上一阶段相差", max_digits=16, decimal_places=2, default=0)
    lines = models.JSONField("各条款", default=list)
    cuts = models.JSONField("上限", default=list)
    missing = models.JSONField("还缺什么", default=list)
    facts_hash = models.CharField("记录校验值", max_length=64)
    policy_hash = models.CharField("政策校验值", max_length=64)
    computed_by = models.CharField("计算人", max_length=64, blank=True)
    computed_at = models.DateTimeField("计算时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["application", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.stage}"

    @property
    def stage_label(self) -> str:
        """The stage in Chinese."""
        return STAGES.get(self.stage, self.stage)


class Opinion(models.Model):
    """What a reviewer declared and thought; ``verdict`` is one of ``rules.funds.claims.lifecycle.VERDICTS``."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="opinions")
    stage = models.CharField("阶段", max_length=12)
    verdict = models.CharField("意见", max_length=12)
    username = models.CharField("审核人", max_length=64)
    display_name = models.CharField("审核人姓名", max_length=50)
    conflict = models.BooleanField("有利害关系", default=False)
    declaration = models.CharField("利害关系声明", max_length=300)
    reason = models.CharField("理由", max_length=2000, blank=True)
    amount = models.DecimalField("当时算出", max_digits=16, decimal_places=2, null=True, blank=True)
    given_at = models.DateTimeField("时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["application", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="subsidies_opinion_verdict",
                condition=Q(verdict__in=["pass", "return", "refuse", "send_back", "conflict"]),
            ),
            models.CheckConstraint(
                name="subsidies_opinion_conflict", condition=Q(conflict=False) | Q(verdict="conflict")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.verdict}"

    @property
    def stage_label(self) -> str:
        """The stage in Chinese."""
        return STAGES.get(self.stage, self.stage)

    @property
    def verdict_label(self) -> str:
        """The opinion in Chinese."""
        return VERDICTS[self.verdict]


class ApplicationSeries(models.Model):
    """The last running number of a year and kind (``BT`` applications, ``MD`` rounds, ``YY`` objections)."""

    series = models.CharField("系列", max_length=12, primary_key=True)
    last = models.PositiveIntegerField("最后的流水号", default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.series} {self.last}"
