"""Projects as programs read them. Money is decimal text in CNY; a blank of the plan is null."""

from __future__ import annotations

from decimal import Decimal

from ninja import Schema


class FundProjectOut(Schema):
    """A project with what it has, has set aside and has spent."""

    id: int
    year: int
    code: str
    name: str
    section: str
    active: bool
    carried: bool
    initial: Decimal
    budget: Decimal
    reserved: Decimal
    paid: Decimal
    available: Decimal
    plan: dict[str, Decimal | None]


class FundContractOut(Schema):
    """A signed contract."""

    id: int
    number: str
    supplier: str
    amount: Decimal | None


class FundProjectDetailOut(FundProjectOut):
    """A project with its contracts."""

    contracts: list[FundContractOut]
