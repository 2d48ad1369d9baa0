"""What the API of events takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema

PLAIN = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""
EventKindOf = Literal["exhibition", "recruitment", "training", "research", "aeo"]
EventStateOf = Literal["planned", "under_way", "reported", "accepted", "cancelled"]
SignupStateOf = Literal["applied", "waiting", "approved", "refused", "withdrawn"]


class OfficeEventIn(Schema):
    """An event to be entered."""

    kind: EventKindOf
    name: str = Field(min_length=1, pattern=PLAIN, max_length=100)
    starts_on: date
    ends_on: date
    name_en: str = Field("", pattern=PLAIN, max_length=150)
    country: str = Field("CN", pattern=r"^[A-Z]{2}$", description="ISO 3166 两位代码")
    city: str = Field("", pattern=PLAIN, max_length=50)
    venue: str = Field("", pattern=PLAIN, max_length=100)
    signup_until: date | None = None
    places: int | None = Field(None, ge=1, le=100_000, description="展位或名额；空为不限")
    budget: Decimal | None = Field(None, ge=0, max_digits=18, decimal_places=2, description="预算，元")
    project: str = Field("", pattern=PLAIN, max_length=30, description="项目编码")
    section: str = Field("", pattern=PLAIN, max_length=8, description="科室代码")
    details: str = Field("", pattern=PLAIN, max_length=2000)


class OfficeEventLine(Schema):
    """A line of the register."""

    id: int
    number: str
    kind: EventKindOf
    name: str
    country: str
    city: str
    starts_on: date
    ends_on: date
    state: EventStateOf
    places: int | None
    taken: int
    project: str
    section: str


class OfficeEventsOut(Schema):
    """A page of the register, the latest first; ``total`` counts all that fit."""

    total: int
    items: list[OfficeEventLine]


class OfficeEventOut(OfficeEventLine):
    """One event with what hangs on it; money in CNY as text."""

    name_en: str
    venue: str
    signup_until: date | None
    announced_on: date | None
    budget: str | None
    cost: str
    participants: int
    orders_won: str
    result: str
    accepted_on: date | None
    next: list[str] = Field(description="现在可以办的步骤")


class OfferedEventOut(Schema):
    """An announced event as an enterprise sees it; ``left``: places that are free, nothing where there is no limit."""

    id: int
    number: str
    kind: EventKindOf
    name: str
    country: str
    city: str
    starts_on: date
    ends_on: date
    signup_until: date | None
    left: int | None


class OfferedEventsOut(Schema):
    """A page of announced events."""

    total: int
    items: list[OfferedEventOut]


class EventSignupIn(Schema):
    """A sign-up in the name of the caller's organisation."""

    wanted: int = Field(1, ge=1, le=99)
    products: str = Field("", pattern=PLAIN, max_length=200)
    contact_name: str = Field(min_length=1, pattern=PLAIN, max_length=50)
    contact_phone: str = Field(pattern=r"^[0-9+()\- ]{7,20}$", description="加密保存")


class EventSignupOut(Schema):
    """A sign-up as its enterprise sees it."""

    id: int
    event: str = Field(description="活动编号")
    wanted: int
    state: SignupStateOf
    booth: str
    applied_at: datetime


class EventSignupsOut(Schema):
    """The sign-ups of the caller's organisation, the newest first."""

    total: int
    items: list[EventSignupOut]
