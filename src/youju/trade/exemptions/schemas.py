"""What the API of exemptions takes and gives. Money as text, in CNY unless a currency stands beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema

PLAIN = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""
MONTH = r"^20\d\d-(0[1-9]|1[0-2])$"
FilingStateOf = Literal["draft", "filed", "accepted", "returned", "taxable", "replaced"]
CertificateStateOf = Literal["applied", "issued", "refused", "cancelled", "exchanged"]


class ExemptionFilingLineOut(Schema):
    """Goods in a filing."""

    declaration: str
    entry_number: str
    g_no: int
    order_number: str
    line_no: int
    hs_code: str
    name: str
    released_on: date
    currency: str
    amount: str
    amount_cny: str


class ExemptionFilingOut(Schema):
    """A month's filing of a consignor. ``next``: steps that the caller may take now."""

    id: int
    number: str
    version: int
    month: str = Field(description="出口月份，例如 2023-06")
    consignor: str
    tax_id: str
    filer: str
    mode: Literal["self", "agent"]
    state: FilingStateOf
    period_due: date
    due_on: date
    filed_on: date | None
    on_time: bool | None
    lines_count: int
    amount_cny: str


class ExemptionFilingPageOut(ExemptionFilingOut):
    """One filing with its first lines."""

    lines: list[ExemptionFilingLineOut]
    next: list[str]


class ExemptionFilingsOut(Schema):
    """A page of filings, the newest month first; ``total`` counts all that fit."""

    total: int
    items: list[ExemptionFilingOut]


class ExemptionMonthIn(Schema):
    """A month of export."""

    month: str = Field(pattern=MONTH, description="出口月份，例如 2023-06")


class ExemptionPreparedOut(Schema):
    """How many drafts are new."""

    made: int


class ExemptionRunOut(Schema):
    """A job that files."""

    run: str


class ExemptionStepIn(Schema):
    """A step with a filing; ``expected`` is the state that the caller saw."""

    step: Literal["file", "correct", "accept", "return", "admit"]
    reason: str = Field("", pattern=PLAIN, max_length=2000)
    expected: str = Field("", pattern=PLAIN, max_length=20)


class AgencyCertificateIn(Schema):
    """An application for an agency export certificate."""

    declaration: str = Field(min_length=1, max_length=40, pattern=PLAIN, description="申报单或报关单号")
    consignor: str = Field(min_length=1, max_length=20, pattern=PLAIN, description="委托方备案号")


class AgencyCertificateOut(Schema):
    """An agency export certificate."""

    id: int
    number: str
    tax_number: str
    agent: str
    consignor: str
    tax_id: str
    declaration: str
    entry_number: str
    agreement: str
    amount_cny: str
    state: CertificateStateOf
    applied_on: date
    issued_on: date | None
    valid_until: date | None


class AgencyCertificatesOut(Schema):
    """A page of certificates, the newest first."""

    total: int
    items: list[AgencyCertificateOut]


class ConsignorOut(Schema):
    """A consignor in an agent's quarter."""

    number: str
    name: str
    tax_id: str
    amount: str
    declarations: list[str]


class ConsignorQuarterOut(Schema):
    """An agent's quarter as it stands now; ``reported`` is the hash of what was submitted last."""

    agent: str
    quarter: str
    applies: bool
    due_on: date
    amount: str
    declarations: int
    consignors: list[ConsignorOut]
    sha256: str
    reported: str


class ExportInvoiceIn(Schema):
    """An ordinary VAT invoice of an order."""

    number: str = Field(pattern=r"^[0-9]{8,20}$")
    issued_on: date
    amount: Decimal = Field(gt=0, max_digits=16, decimal_places=2)
    consignor: str = Field(min_length=1, max_length=20, pattern=PLAIN, description="经营户备案号")
    order_number: str = Field(min_length=1, max_length=32, pattern=PLAIN)


class ExportInvoiceOut(Schema):
    """An entered invoice, with what the rules say of it."""

    id: int
    number: str
    amount: str
    order_number: str
    findings: list[str]
