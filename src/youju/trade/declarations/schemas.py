"""Plans and declarations as programs send and read them. Money, quantities, weights and rates are decimal text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

Plain = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""
Revision = Annotated[int, Field(ge=0, le=2_000_000_000)]
Number = Annotated[str, Field(max_length=24, pattern=Plain)]
Quantity = Annotated[Decimal, Field(max_digits=16, decimal_places=5, gt=0, allow_inf_nan=False)]
Text = Annotated[str, Field(max_length=400, pattern=Plain)]


class DeclarationRefusedOut(Schema):
    """Why it was refused; findings where rules are the reason."""

    detail: str
    findings: list[dict[str, str | int | None]] = []


class PlanWishIn(Schema):
    """For which day a packing is planned (today if left out), and by filing number who declares."""

    day: date | None = None
    broker: str = Field("", max_length=20, pattern=Plain)


class BrokerIn(Schema):
    """A broker by filing number."""

    broker: str = Field(min_length=1, max_length=20, pattern=Plain)


class BrokerOut(Schema):
    """The broker that was named."""

    number: str
    name: str


class MoveIn(Schema):
    """An order and the number of the declaration that it goes to; 0: one of its own. ``try_only``: only say what it costs."""

    order: Number
    to: int = Field(ge=0, le=1_000_000)
    try_only: bool = False
    revision: Revision | None = None


class RevisionIn(Schema):
    """The revision that was seen; left out: whatever it is now."""

    revision: Revision | None = None


class AcceptIn(RevisionIn):
    """Accepting a plan; ``explanation`` answers what is said of it where that is more than a hint."""

    explanation: Text = ""


class PlannedOrderOut(Schema):
    """An order in a planned declaration."""

    number: str
    merchant: str
    amount: Decimal
    lines: int
    packages: int


class PlannedOut(Schema):
    """A planned declaration; ``cap`` is null where no rate says. ``key`` once it was made."""

    number: int
    currency: str
    amount: Decimal
    cap: Decimal | None
    lines: int
    merged: int
    orders: list[PlannedOrderOut]
    hidden: int
    key: str
    state: str


class PlanStateOut(Schema):
    """How a plan stands after a deed."""

    id: int
    state: str
    revision: int


class PlanFindingOut(Schema):
    """What a rule says of a plan: a ``warning`` wants words when the plan is accepted."""

    rule: str
    severity: str
    message: str
    suggestion: str


class PlanOut(PlanStateOut):
    """A plan. ``proof``: declarations, lower_bound, optimal, gap, seconds; ``stale``: the packing was changed since."""

    packing: str
    day: date
    broker: str
    stale: bool
    declarations: list[PlannedOut]
    refused: list[dict[str, str]]
    proof: dict[str, Any]
    said: list[PlanFindingOut]
    moved: list[dict[str, Any]]


class MovedDeclarationOut(Schema):
    """A declaration that a move touches, as it was or would be."""

    number: int
    amount: Decimal
    lines: int
    orders: list[str]


class CostOut(Schema):
    """What a move costs; ``broken``: a hard rule forbids it. Pairs are before and after."""

    order: str
    source: int
    target: int
    opened: bool
    declarations: list[int]
    lines: list[int]
    before: list[MovedDeclarationOut]
    after: list[MovedDeclarationOut]
    findings: list[dict[str, str | int | None]]
    broken: bool
    plan: PlanStateOut


class AcceptedOut(Schema):
    """The declarations that were made."""

    declarations: list[str]


class HeaderIn(Schema):
    """Fields of the message's header by name or Chinese label; an empty text takes one away. ``broker``: null leaves it."""

    values: dict[Annotated[str, Field(max_length=40, pattern=Plain)], Text] = Field(max_length=80)
    broker: str | None = Field(None, max_length=20, pattern=Plain)
    whole_plan: bool = False
    revision: Revision | None = None


class DeclaredLineIn(Schema):
    """What may be changed of a line: all of it as it is to be."""

    model: str = Field("", max_length=400, pattern=Plain)
    unit1: str = Field("", max_length=10, pattern=Plain)
    quantity1: Quantity | None = None
    unit2: str = Field("", max_length=10, pattern=Plain)
    quantity2: Quantity | None = None
    revision: Revision | None = None


class WithdrawIn(Schema):
    """Why."""

    reason: str = Field(max_length=2000, pattern=Plain)
    revision: Revision | None = None


class DeclarationStateOut(Schema):
    """How a declaration stands after a deed; ``key`` is number and version."""

    key: str
    number: str
    version: int
    state: str
    revision: int


class DeclarationListed(DeclarationStateOut):
    """A declaration in a list."""

    declared_on: date
    country: str
    currency: str
    rate: Decimal
    amount: Decimal
    amount_cny: Decimal
    packages: int
    net_weight: Decimal
    gross_weight: Decimal
    lines_count: int
    entry_number: str
    created_at: datetime
    released_at: datetime | None


class DeclarationsOut(Schema):
    """A page of declarations; ``next`` leads on."""

    items: list[DeclarationListed]
    next: str | None


class DeclarationSourceOut(Schema):
    """Goods of an order line in a declared line."""

    order: str
    line_no: int
    name: str
    merchant: str
    quantity: Decimal
    unit: str
    amount: Decimal
    net_weight: Decimal
    packages: int
    live: bool


class DeclaredLineOut(Schema):
    """A declared line; ``hidden`` sources belong to orders that the asker takes no part in."""

    g_no: int
    hs_code: str
    name: str
    model: str
    quantity: Decimal
    unit: str
    quantity1: Decimal | None
    unit1: str
    quantity2: Decimal | None
    unit2: str
    amount: Decimal
    net_weight: Decimal
    gross_weight: Decimal
    packages: int
    merged: bool
    sources: list[DeclarationSourceOut]
    hidden: int


class DeclarationStageOut(Schema):
    """A step that was taken: the state it led to, when, by whom, why."""

    state: str
    at: datetime
    by: str
    reason: str


class DeclarationOut(DeclarationStateOut):
    """A declaration with lines and sources; ``due_on``: by when the next step was promised."""

    packing: str
    plan: int | None
    declared_on: date
    country: str
    port: str
    currency: str
    rate: Decimal
    amount: Decimal
    amount_cny: Decimal
    packages: int
    net_weight: Decimal
    gross_weight: Decimal
    entry_number: str
    sequence_number: str
    rejection: str
    parties: dict[str, list[str]]
    header: dict[str, str]
    lines: list[DeclaredLineOut]
    containers: list[dict[str, str]]
    stages: list[DeclarationStageOut]
    due_on: date | None
    late: bool
    versions: list[str]
