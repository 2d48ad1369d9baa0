"""Orders as programs send and read them. Money, quantities and weights are decimal text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Schema
from pydantic import BaseModel, Field

Money = Annotated[Decimal, Field(max_digits=16, decimal_places=2, ge=0, allow_inf_nan=False)]
Quantity = Annotated[Decimal, Field(max_digits=16, decimal_places=5, gt=0, allow_inf_nan=False)]
Weight = Annotated[Decimal, Field(max_digits=16, decimal_places=5, ge=0, allow_inf_nan=False)]
Price = Annotated[Decimal, Field(max_digits=16, decimal_places=4, ge=0, allow_inf_nan=False)]
Volume = Annotated[Decimal, Field(max_digits=14, decimal_places=6, ge=0, allow_inf_nan=False)]
Plain = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""

# What is sent in is plain pydantic: ninja's own schema also reads models, which costs a call back for each field of each line.


class LineIn(BaseModel):
    """One line. ``amount`` may be left out; ``original`` is the sale's line number in a return or correction."""

    good: str = Field(max_length=24, pattern=Plain, description="商品编号")
    quantity: Quantity
    unit: str = Field("", max_length=10, pattern=Plain, description="不写取商品目录的单位")
    price: Price
    amount: Money | None = None
    packages: int = Field(ge=0, le=2_000_000_000)
    net_weight: Weight
    gross_weight: Weight
    volume: Volume = Decimal(0)
    quantity1: Quantity | None = None
    quantity2: Quantity | None = None
    original: int | None = Field(None, ge=1, le=1_000_000)


class ExplanationIn(BaseModel):
    """An answer to a soft finding: of the head (``line`` left out) or of a line."""

    rule: str = Field(max_length=12, pattern=Plain)
    line: int | None = None
    text: str = Field(max_length=500, pattern=Plain)


class OrderIn(BaseModel):
    """An order to register. Parties by filing number."""

    merchant: str = Field(max_length=20, pattern=Plain)
    agent: str = Field("", max_length=20, pattern=Plain)
    buyer: str = Field(max_length=20, pattern=Plain)
    ordered_on: date
    country: str = Field(pattern=r"^[A-Z]{2}$")
    currency: str = Field("USD", pattern=r"^[A-Z]{3}$")
    exemption_mode: Literal["self", "agent"] = "agent"
    collected_by_agent: bool = True
    reference: str = Field("", max_length=64, pattern=Plain, description="您自己的单号")
    note: str = Field("", max_length=2000, pattern=Plain)
    kind: Literal["sale", "return", "correction"] = "sale"
    about: str = Field("", max_length=24, pattern=Plain, description="退货或更正的原交易单号")
    explanations: list[ExplanationIn] = Field(default_factory=list, max_length=5000)
    lines: list[LineIn] = Field(max_length=20_000)


class OrderFindingOut(Schema):
    """What a rule said."""

    rule: str
    severity: str
    line: int | None
    field: str
    message: str
    suggestion: str


class RegisteredOut(Schema):
    """A registered order."""

    number: str
    state: str
    amount: str
    findings: list[OrderFindingOut]


class OrderListed(Schema):
    """An order in a list."""

    number: str
    kind: str
    state: str
    revision: int
    ordered_on: date
    country: str
    currency: str
    amount: Decimal
    amount_cny: Decimal
    packages: int
    net_weight: Decimal
    gross_weight: Decimal
    lines_count: int
    reference: str
    registered_at: datetime | None
    confirmed_at: datetime | None


class OrderPageOut(Schema):
    """A page of orders; ``next`` leads on."""

    items: list[OrderListed]
    next: str | None


class OrderLineOut(Schema):
    """A line as registered."""

    line_no: int
    hs_code: str
    name: str
    name_en: str
    model: str
    brand: str
    unit: str
    quantity: Decimal
    price: Decimal
    amount: Decimal
    unit1: str
    quantity1: Decimal | None
    unit2: str
    quantity2: Decimal | None
    packages: int
    net_weight: Decimal
    gross_weight: Decimal
    volume: Decimal


class PartnerOut(Schema):
    """A party of an order."""

    number: str
    name: str


class OrderOut(OrderListed):
    """An order with its lines."""

    parties: dict[str, PartnerOut]
    lines: list[OrderLineOut]
    findings: list[OrderFindingOut]


class OrderStepIn(Schema):
    """A step with an order; ``revision`` as last seen, so that nothing is decided on what has changed."""

    reason: str = Field("", max_length=2000, pattern=Plain)
    revision: int | None = Field(None, ge=0, le=2_000_000_000)


class OrderStateOut(Schema):
    """How an order stands after a step."""

    number: str
    state: str
    revision: int
