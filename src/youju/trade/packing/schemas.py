"""Consolidations and packings as programs send and read them. Money, quantities and weights are decimal text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

Plain = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""
Quantity = Annotated[Decimal, Field(max_digits=16, decimal_places=5, gt=0, allow_inf_nan=False)]
Packages = Annotated[int, Field(ge=0, le=2_000_000_000)]
Key = Annotated[int, Field(ge=1, le=9_000_000_000_000_000_000)]
Revision = Annotated[int, Field(ge=0, le=2_000_000_000)]


class ConsolidationIn(Schema):
    """A consolidation to open; parties by filing number."""

    agent: str = Field(max_length=20, pattern=Plain)
    country: str = Field(pattern=r"^[A-Z]{2}$")
    currency: str = Field("USD", pattern=r"^[A-Z]{3}$")
    consolidator: str = Field("", max_length=20, pattern=Plain)
    truck: str = Field("", max_length=20, pattern=Plain)
    note: str = Field("", max_length=500, pattern=Plain)


class PartIn(Schema):
    """An order, one of its lines, or a part of that; what is left out is all that is left."""

    order: str = Field(max_length=24, pattern=Plain)
    line_no: int | None = Field(None, ge=1, le=1_000_000)
    quantity: Quantity | None = None
    packages: Packages | None = None


class AddIn(Schema):
    """What to consolidate: all of it, or nothing."""

    parts: list[PartIn] = Field(min_length=1, max_length=5000)
    revision: Revision | None = None


class KeysIn(Schema):
    """Which lines to take out, by id."""

    lines: list[Key] = Field(min_length=1, max_length=5000)
    revision: Revision | None = None


class PackingStepIn(Schema):
    """A step; a reason for reopening and cancelling."""

    step: Literal["close", "reopen", "cancel"]
    reason: str = Field("", max_length=2000, pattern=Plain)
    revision: Revision | None = None


class PackingStateOut(Schema):
    """How a record stands after a deed."""

    number: str
    state: str
    revision: int


class ConsolidationListed(PackingStateOut):
    """A consolidation in a list."""

    country: str
    currency: str
    truck: str
    lines_count: int
    packages: int
    gross_weight: Decimal
    amount: Decimal
    created_at: datetime
    closed_at: datetime | None


class ConsolidationsOut(Schema):
    """A page of consolidations; ``next`` leads on."""

    items: list[ConsolidationListed]
    next: str | None


class AmountsOut(Schema):
    """Figures of goods."""

    quantity: Decimal
    packages: int
    net_weight: Decimal
    gross_weight: Decimal
    volume: Decimal
    amount: Decimal


class GatheredOut(Schema):
    """A consolidated line; ``left`` stands in no container yet."""

    id: int
    order: str
    line_no: int
    name: str
    unit: str
    hs_code: str
    amounts: AmountsOut
    left: AmountsOut


class ConsolidationOut(PackingStateOut):
    """A consolidation with its lines."""

    country: str
    currency: str
    truck: str
    note: str
    parties: dict[str, list[str]]
    lines: list[GatheredOut]
    total: AmountsOut


class PackingIn(Schema):
    """A packing to open; parties by filing number."""

    agent: str = Field(max_length=20, pattern=Plain)
    country: str = Field(pattern=r"^[A-Z]{2}$")
    packed_on: date
    warehouse: str = Field("", max_length=20, pattern=Plain)
    bill_of_lading: str = Field("", max_length=32, pattern=Plain)
    transport_mode: str = Field("2", pattern=r"^[0-9A-Z]$")
    port: str = Field("", pattern=r"^([0-9]{4})?$")
    note: str = Field("", max_length=500, pattern=Plain)


class PackingHeadIn(Schema):
    """What of a packing's head is to change; what is left out stays as it is. An empty ``warehouse`` takes it away."""

    packed_on: date | None = None
    country: str | None = Field(None, pattern=r"^[A-Z]{2}$")
    warehouse: str | None = Field(None, max_length=20, pattern=Plain)
    bill_of_lading: str | None = Field(None, max_length=32, pattern=Plain)
    transport_mode: str | None = Field(None, pattern=r"^[0-9A-Z]$")
    port: str | None = Field(None, pattern=r"^([0-9]{4})?$")
    note: str | None = Field(None, max_length=500, pattern=Plain)
    revision: Revision | None = None


class ContainerIn(Schema):
    """A container to add."""

    number: str = Field(max_length=20, pattern=Plain)
    kind: str = Field(max_length=8, pattern=Plain)
    seal: str = Field("", max_length=32, pattern=Plain)
    revision: Revision | None = None


class ContainerMadeOut(Schema):
    """An added container."""

    id: int
    number: str


class PackPartIn(Schema):
    """A consolidated line by id, or a part of it."""

    line: Key
    quantity: Quantity | None = None
    packages: Packages | None = None


class PackIn(Schema):
    """What goes into a container: all of it, or nothing."""

    container: Key
    parts: list[PackPartIn] = Field(min_length=1, max_length=5000)
    revision: Revision | None = None


class PackAllIn(Schema):
    """A consolidation to pack, first fit by volume and weight."""

    consolidation: str = Field(max_length=24, pattern=Plain)
    revision: Revision | None = None


class OverOut(Schema):
    """What of a consolidated line found no room."""

    line: int
    left: AmountsOut


class PackedAllOut(Schema):
    """What was not packed; empty where all was."""

    over: list[OverOut]


class LoadedOut(Schema):
    """A packed line."""

    id: int
    consolidation: str
    order: str
    line_no: int
    name: str
    unit: str
    hs_code: str
    amounts: AmountsOut


class ContainerOut(Schema):
    """A container with what stands in it; shares are parts of its capacity."""

    id: int
    number: str
    kind: str
    seal: str
    volume_share: Decimal
    weight_share: Decimal
    load: AmountsOut
    lines: list[LoadedOut]


class PackingListed(PackingStateOut):
    """A packing in a list."""

    packed_on: date
    country: str
    bill_of_lading: str
    containers_count: int
    packages: int
    gross_weight: Decimal
    volume: Decimal
    created_at: datetime
    closed_at: datetime | None


class PackingsOut(Schema):
    """A page of packings; ``next`` leads on."""

    items: list[PackingListed]
    next: str | None


class PackingOut(PackingStateOut):
    """A packing with its containers."""

    packed_on: date
    country: str
    bill_of_lading: str
    transport_mode: str
    port: str
    note: str
    parties: dict[str, list[str]]
    containers: list[ContainerOut]
    total: AmountsOut
