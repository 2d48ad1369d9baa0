"""A party on file, its papers and its personal identifiers."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.rules.trade.parties.lifecycle import CANCELLED, PARTY_FLOW
from youju.rules.trade.parties.roles import PartyRole

CREDIT_CODE_PATTERN = r"^[0-9A-HJ-NPQRTUWXY]{18}$"  # GB 32100: no I, O, S, V, Z
SHA256 = r"^[0-9a-f]{64}$"


class Party(models.Model):
    """One filing (主体备案) of one party, in one or more roles.

    ``organisation`` is whose people act for it; ``sections`` are the centre's sections that handle it (row-level security
    reads both). ``state`` follows the party's case in the workflow, in the same transaction; ``revision`` counts changes.
    Resident IDs, passports and phone numbers stand sealed in ``Identifier``, never here. ``market`` and ``stall_number`` are
    what the filing says; who holds a stall from when to when is a ``Tenancy``, made when the filing is approved.
    """

    organisation = models.ForeignKey(
        "identity.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="账号单位",
    )
    number = models.CharField("备案号", max_length=20, blank=True)
    roles = ArrayField(models.CharField(max_length=12), verbose_name="主体类型")
    sections = ArrayField(models.CharField(max_length=8), verbose_name="受理科室", default=list)
    state = models.CharField("状态", max_length=12, default="draft")
    revision = models.PositiveIntegerField("修订次数", default=0)
    name = models.CharField("名称", max_length=100)
    name_en = models.CharField("英文名称", max_length=200, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    legal_person = models.CharField("法定代表人（经营者）", max_length=50, blank=True)
    contact = models.CharField("联系人", max_length=50, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    registered_capital = models.DecimalField(
        "注册资本（万元）", max_digits=14, decimal_places=2, null=True, blank=True
    )
    scope = models.TextField("经营范围", blank=True)
    chapters = ArrayField(
        models.CharField(max_length=2), verbose_name="经营的商品章", default=list, blank=True
    )
    tax_id = models.CharField("纳税人识别号", max_length=20, blank=True)
    tax_kind = models.CharField("纳税人类别", max_length=12, blank=True)
    customs_code = models.CharField("海关编码", max_length=10, blank=True)
    market = models.CharField("所填市场", max_length=8, blank=True, db_default="", default="")
    stall_number = models.CharField("所填摊位号", max_length=20, blank=True, db_default="", default="")
    region = models.CharField("货源地区", max_length=100, blank=True)
    country = models.CharField("国别（地区）", max_length=2, default="CN")
    buyer_type = models.CharField("采购商类型", max_length=12, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    credit_level = models.CharField("信用等级", max_length=4, blank=True)
    credit_level_since = models.DateField("信用等级生效日期", null=True, blank=True)
    valid_from = models.DateField("备案有效期自", null=True, blank=True)
    valid_to = models.DateField("备案有效期至", null=True, blank=True)
    channel = models.CharField("来源", max_length=8, default="web")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入"
    )
    created_by = models.CharField("建立人", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    approved_at = models.DateTimeField("备案时间", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="parties_state", fields=["state", "submitted_at"]),
            models.Index(name="parties_organisation", fields=["organisation"]),
            models.Index(name="parties_valid_to", fields=["valid_to"]),
            GinIndex(name="parties_roles", fields=["roles"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="parties_credit_code_once",
                fields=["credit_code"],
                condition=~Q(credit_code="") & ~Q(state=CANCELLED) & Q(merged_into=None),
            ),
            models.UniqueConstraint(name="parties_number_once", fields=["number"], condition=~Q(number="")),
            models.CheckConstraint(
                name="parties_state_known", condition=Q(state__in=[state.code for state in PARTY_FLOW.states])
            ),
            models.CheckConstraint(
                name="parties_roles_known",
                condition=Q(roles__contained_by=[role.value for role in PartyRole]) & ~Q(roles=[]),
            ),
            models.CheckConstraint(
                name="parties_credit_code_form",
                condition=Q(credit_code="") | Q(credit_code__regex=CREDIT_CODE_PATTERN),
            ),
            models.CheckConstraint(name="parties_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="parties_country_form", condition=Q(country__regex=r"^[A-Z]{2}$")),
            models.CheckConstraint(
                name="parties_validity",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """A personal identifier: sealed, with a fingerprint to find it again and a masked form to show.

    ``kind``: ``resident_id``, ``passport``, ``phone``; ``holder``: ``legal_person``, ``contact`` or ``self`` (a buyer who
    is a person). The fingerprint is a keyed hash: without the key nobody finds a number by trying all of them.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField("种类", max_length=12)
    holder = models.CharField("谁的", max_length=12)
    sealed = models.TextField("加密的号码")
    fingerprint = models.CharField("指纹", max_length=64)
    masked = models.CharField("遮盖后的样子", max_length=40)
    changed_at = models.DateTimeField("修改时间", db_default=Now())

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [models.Index(name="parties_fingerprint", fields=["kind", "fingerprint"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="parties_identifier_once", fields=["party", "kind", "holder"]),
            models.CheckConstraint(
                name="parties_identifier_kind", condition=Q(kind__in=["resident_id", "passport", "phone"])
            ),
            models.CheckConstraint(
                name="parties_identifier_holder", condition=Q(holder__in=["legal_person", "contact", "self"])
            ),
            models.CheckConstraint(name="parties_fingerprint_form", condition=Q(fingerprint__regex=SHA256)),
        ]

    def __str__(self) -> str:
        return self.masked


class Paper(models.Model):
    """A document of the filing (备案材料): what it is, its number, until when it is good. The file is an attachment."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField("材料种类", max_length=24)
    number = models.CharField("证件号码", max_length=64, blank=True)
    valid_from = models.DateField("有效期自", null=True, blank=True)
    valid_to = models.DateField("有效期至", null=True, blank=True)
    attachment = models.UUIDField("附件", null=True, blank=True)
    filename = models.CharField("文件名", max_length=255, blank=True)
    added_by = models.CharField("上传人", max_length=64, blank=True)
    added_at = models.DateTimeField("上传时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["kind", "-added_at"]
        indexes: ClassVar = [models.Index(name="parties_paper_valid_to", fields=["valid_to"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
