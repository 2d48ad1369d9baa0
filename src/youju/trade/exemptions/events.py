"""What people do with exemptions, as the trail says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.exemptions.lifecycle import (
    CERTIFICATE_KIND,
    FILING_KIND,
    INVOICE_KIND,
    QUARTER_KIND,
)

if TYPE_CHECKING:
    from youju.trade.exemptions.models import Certificate, Filing, Invoice, QuarterReport

PREPARED = verb("exemptions.filing.prepared", "生成了免税申报草稿")
FILED = verb("exemptions.filing.told", "报出了免税申报的明细")
CORRECTED = verb("exemptions.filing.corrected", "更正了免税申报")
MISSED = verb("exemptions.filing.missed", "免税申报逾期")
DOWNLOADED = verb("exemptions.certificate.downloaded", "下载了代理出口货物证明", reads=True)
APPLIED = verb("exemptions.certificate.applied", "申请了代理出口货物证明")
INVOICED = verb("exemptions.invoice.entered", "登记了发票")
UNINVOICED = verb("exemptions.invoice.removed", "随导入批次撤销了发票")
REPORTED = verb("exemptions.quarter.reported", "报送了季度实际委托方")
TAKEN = verb("exemptions.quarter.downloaded", "下载了季度实际委托方表", reads=True)
ASKED = verb("exemptions.filing.asked", "发起了批量免税申报")
LOADED = verb("exemptions.demo.loaded", "载入了示例免税申报")
BULK_KIND = "exemptions.bulk"

FIELDS = {
    "number": "编号",
    "month": "出口月份",
    "due_on": "申报期限",
    "amount": "金额（元）",
    "lines": "行数",
    "consignor": "经营户",
    "filer": "申报方",
    "state": "状态",
    "version": "版本",
    "declaration": "报关单",
    "agreement": "代理协议",
    "tax_number": "证明编号",
    "quarter": "季度",
    "consignors": "委托方数",
    "sha256": "校验值",
    "order": "交易单",
    "batch": "导入批次",
    "count": "件数",
    "file": "文件",
}
"""The Chinese names of what the trail keeps of this room."""


def subject_of(row: Filing) -> Subject:
    """A filing as trail and workflow name it."""
    return Subject(FILING_KIND, str(row.pk), f"{row.consignor_name} {row.month:%Y-%m} 免税申报 {row}")


def certificate_subject(row: Certificate) -> Subject:
    """A certificate as trail and workflow name it."""
    return Subject(CERTIFICATE_KIND, str(row.pk), f"{row.consignor_name} {row.declaration} 代理证明 {row}")


def invoice_subject(row: Invoice) -> Subject:
    """An invoice."""
    return Subject(INVOICE_KIND, str(row.pk), f"发票 {row.number}")


def quarter_subject(row: QuarterReport) -> Subject:
    """An agent's quarter."""
    return Subject(QUARTER_KIND, str(row.pk), str(row))
